using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Runs.Stopping;

/// <summary>The engine of one case with its tools. They do as their script says until they are let go of, and then try what must fail.</summary>
internal sealed class HostileWorld(HostileScript script) : IAgentEngine
{
    /// <summary>The prompt at which it is hostile. At any other it says one word.</summary>
    public const string Prompt = "Be hostile";

    private const string Child = "Child ";

    private static readonly JsonElement Questions = JsonDocument.Parse(
        """{"questions":[{"id":"q1","header":"Colour","question":"Which?"}]}""").RootElement.Clone();

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<Task> _works = [];
    private readonly ConcurrentDictionary<string, HostileMove> _calls = new();
    private int _callIds;

    public EngineDescription Description { get; } = new("hostile", "Hostile", "For tests.", UsesModel: false);

    /// <summary>What was done after the end of the run and was not refused.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];

    /// <summary>Prefix of every file this case writes.</summary>
    public string Files { get; } = $"{Guid.NewGuid():N}";

    /// <summary>Completes when it is time for the stop.</summary>
    public Task Reached => _reached.Task;

    private bool IsReleased => _released.Task.IsCompleted;

    /// <summary>Lets everybody go, and waits until they have tried what they wanted to try.</summary>
    public async Task ReleaseAsync(TimeSpan limit)
    {
        _released.TrySetResult();
        while (_works.TryDequeue(out var work))
        {
            await work.WaitAsync(limit);
        }
    }

    public IAsyncEnumerable<EngineEvent> RunAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        var prompt = request.Messages.Last(message => message.IsPrompt).PlainText;
        if (prompt == Prompt)
        {
            _works.Enqueue(Task.Run(() => TryLateAsync("the engine", script.Late, request, context: null), CancellationToken.None));
            return new Disposal(this, script.Manner, PlayAsync(request, script.Moves, script.Manner, cancellationToken));
        }

        return prompt.StartsWith(Child, StringComparison.Ordinal) && Enum.TryParse<HostileManner>(prompt[Child.Length..], out var manner)
            ? new Disposal(this, manner, PlayAsync(request, [], manner, cancellationToken))
            : KindAsync();
    }

    private static async IAsyncEnumerable<EngineEvent> KindAsync()
    {
        yield return new EngineEvent.TextDelta("kind");
        await Task.CompletedTask;
    }

    private async IAsyncEnumerable<EngineEvent> PlayAsync(
        EngineRequest request, IReadOnlyList<HostileMove> moves, HostileManner manner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isRoot = ReferenceEquals(moves, script.Moves);
        for (var index = 0; index < moves.Count; index++)
        {
            var move = moves[index];
            if (isRoot && (index >= script.StopAfter || move.MayHang))
            {
                _reached.TrySetResult();
            }

            foreach (var said in Say(move))
            {
                yield return said;
            }

            var calling = CallAsync(request.Tools, move, cancellationToken);
            _works.Enqueue(calling);
            if (move.IsAwaited)
            {
                await calling;
            }
        }

        if (isRoot)
        {
            _reached.TrySetResult();
        }

        while (manner is HostileManner.GoesOnAndOn && !IsReleased)
        {
            yield return new EngineEvent.TextDelta(".");
            await Task.Yield();
        }

        await BehaveAsync(manner, cancellationToken);
        yield return new EngineEvent.TextDelta("late");
        yield return new EngineEvent.StepEnded("late", new TokenUsage(1, 1));
        yield return new EngineEvent.Warning("late", "late");
    }

    private static IEnumerable<EngineEvent> Say(HostileMove move) => move.Kind switch
    {
        HostileMoveKind.Say => [new EngineEvent.TextDelta("said ")],
        HostileMoveKind.Think => [new EngineEvent.ReasoningDelta("thought ")],
        HostileMoveKind.Step => [new EngineEvent.StepStarted(), new EngineEvent.TextDelta("step "), new EngineEvent.StepEnded("end", new TokenUsage(1, 1))],
        _ => [],
    };

    private async Task CallAsync(IToolExecutor tools, HostileMove move, CancellationToken cancellationToken)
    {
        var callId = $"call-{Interlocked.Increment(ref _callIds)}";
        _calls[callId] = move;
        ToolCall? call = move.Kind switch
        {
            HostileMoveKind.Call => new ToolCall(callId, HostileTool.NameFor(move), JsonSerializer.SerializeToElement(new { })),
            HostileMoveKind.Ask => new ToolCall(callId, "AskUser", Questions),
            HostileMoveKind.Delegate => new ToolCall(callId, "Agent", JsonSerializer.SerializeToElement(new { agent = "explorer", task = Child + move.Manner })),
            _ => null,
        };
        if (call is not null)
        {
            await Record.ExceptionAsync(() => tools.ExecuteAsync(call, move.PassesToken ? cancellationToken : CancellationToken.None));
        }
    }

    /// <summary>The body of a tool.</summary>
    public async Task<ToolResult> ExecuteAsync(ToolContext context, CancellationToken cancellationToken)
    {
        var move = _calls[context.CallId];
        using var hold = move.Grace > 0 ? context.Run.HoldOffStop(TimeSpan.FromSeconds(move.Grace)) : null;
        _works.Enqueue(Task.Run(() => TryLateAsync(context.CallId, move.Late, request: null, context), CancellationToken.None));
        if (move.Manner is HostileManner.GoesOnAndOn)
        {
            await WriteOnAsync(context);
        }

        await BehaveAsync(move.Manner, cancellationToken);
        return new ToolResult("done");
    }

    private async Task BehaveAsync(HostileManner manner, CancellationToken cancellationToken)
    {
        switch (manner)
        {
            case HostileManner.EndsByItself:
                return;
            case HostileManner.BlocksItsThread:
                _released.Task.Wait(CancellationToken.None);
                return;
            case HostileManner.ThrowsWhenTold:
                cancellationToken.Register(() => throw new InvalidOperationException("I will not be told."));
                break;
            case HostileManner.BlocksWhoeverTellsIt:
                cancellationToken.Register(() => _released.Task.Wait(CancellationToken.None));
                break;
        }

        var told = Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        switch (manner)
        {
            case HostileManner.Obeys:
                await Task.WhenAny(told, _released.Task);
                cancellationToken.ThrowIfCancellationRequested();
                return;
            case HostileManner.SwallowsTheStop:
                await Task.WhenAny(told, _released.Task);
                return;
            case HostileManner.ThrowsOnItsWayOut:
                await Task.WhenAny(told, _released.Task);
                throw new InvalidOperationException("On my way out.");
            case HostileManner.FailsOnItsWayOut:
                await Task.WhenAny(told, _released.Task);
                throw new EngineException("connection_lost", "The connection was lost.");
            default:
                await _released.Task;
                return;
        }
    }

    // Until it is refused, and then again when nobody is supposed to be there any more.
    private async Task WriteOnAsync(ToolContext context)
    {
        for (var file = 0; !IsReleased; file++)
        {
            var name = $"{Files}-{context.CallId}-{file}/text.txt";
            if (await Record.ExceptionAsync(() => context.Folder.WriteTextAsync(name, "written", CancellationToken.None)) is not null)
            {
                await _released.Task;
            }
        }
    }

    private async Task TryLateAsync(string who, LateActs acts, EngineRequest? request, ToolContext? context)
    {
        await _released.Task;
        foreach (var act in Enum.GetValues<LateActs>().Where(act => act is not LateActs.None && acts.HasFlag(act)))
        {
            if (LateAct(act, request, context) is { } late && await Record.ExceptionAsync(late) is null)
            {
                Violations.Enqueue($"{act} by {who} was taken after the end.");
            }
        }
    }

    private Func<Task>? LateAct(LateActs act, EngineRequest? request, ToolContext? context) => (act, request, context) switch
    {
        (LateActs.Record, _, { } tool) => () => tool.Run.RecordAsync(new WarningRaised("late", "late"), CancellationToken.None),
        (LateActs.WriteFile, _, { } tool) => () => tool.Folder.WriteTextAsync($"{Files}-late.txt", "late", CancellationToken.None),
        (LateActs.WriteInNewFolder, _, { } tool) => () => tool.Folder.WriteTextAsync($"{Files}-late/late.txt", "late", CancellationToken.None),
        (LateActs.Ask, _, { } tool) => () => tool.Run.AskAsync(tool.CallId, [new Question("q", "H", "Which?", [])], CancellationToken.None),
        (LateActs.StartSubAgent, _, { } tool) => () => tool.Run.RunSubAgentAsync(tool.CallId, "explorer", "Be late", CancellationToken.None),
        (LateActs.CallTool, { } engine, _) => () => engine.Tools.ExecuteAsync(
            new ToolCall("late", "TodoRead", JsonSerializer.SerializeToElement(new { })), CancellationToken.None),
        _ => null,
    };

    private sealed class Disposal(HostileWorld world, HostileManner manner, IAsyncEnumerable<EngineEvent> inner)
        : IAsyncEnumerable<EngineEvent>, IAsyncEnumerator<EngineEvent>
    {
        private IAsyncEnumerator<EngineEvent>? _inner;

        public EngineEvent Current => _inner!.Current;

        public IAsyncEnumerator<EngineEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            _inner = inner.GetAsyncEnumerator(cancellationToken);
            return this;
        }

        public ValueTask<bool> MoveNextAsync() => _inner!.MoveNextAsync();

        public async ValueTask DisposeAsync()
        {
            await _inner!.DisposeAsync();
            if (manner is HostileManner.ThrowsWhenDisposed)
            {
                throw new InvalidOperationException("Not without me.");
            }

            if (manner is HostileManner.HangsWhenDisposed)
            {
                await world._released.Task;
            }
        }
    }
}
