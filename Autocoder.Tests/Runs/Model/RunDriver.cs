using System.Collections.Concurrent;
using System.Threading.Channels;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Sessions;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static Autocoder.Tests.Runs.Model.RunCommandKind;

namespace Autocoder.Tests.Runs.Model;

/// <summary>Does to a real core what a command says, and waits until it looks as the model says.</summary>
internal sealed class RunDriver(CoreWorld world, IConversationStore store) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly List<Guid> _prompts = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ToolResult>> _tools = new();
    private readonly List<string> _toolIds = [];
    private readonly ManualClock _clock = new();
    private FaultyStore _power = FaultyStore.Sound(store);
    private PuppetEngine _engine = new();
    private CoreProcess? _core;
    private Session? _session;
    private PictureReader _reader = new([]);
    private ChannelWriter<PuppetOrder>? _strings;
    private Guid _conversation;
    private int _launches;
    private int _calls;

    public async Task StartAsync()
    {
        _core = await StartCoreAsync();
        _conversation = await Sessions.CreateAsync(world.ProjectId, ConversationKind.Agent, "puppet", title: null, CancellationToken.None);
        await OpenAsync();
    }

    /// <summary>Does it, and gives the answer in the model's words.</summary>
    /// <param name="before">The model as it was, which knows what the command is about.</param>
    public async Task<string> DoAsync(RunCommand command, RunModel before)
    {
        switch (command.Kind)
        {
            case Prompt:
                _prompts.Add(Guid.CreateVersion7());
                return await SendAsync(_prompts.Count - 1);
            case RepeatPrompt:
                return before.Admitted.IsEmpty ? "" : await SendAsync(Pick(before.Admitted, command));
            case Withdraw:
                return before.Admitted.IsEmpty
                    ? ""
                    : (await _session!.WithdrawAsync(_prompts[Pick(before.Admitted, command)], CancellationToken.None)).ToString();
            case MoveToFront:
                return before.Admitted.IsEmpty
                    ? ""
                    : (await _core!.Runs.Inbox.ReorderAsync(_conversation, [_prompts[Pick(before.Admitted, command)]], CancellationToken.None)).ToString();
            case SendQueued:
                await _session!.SendQueuedAsync(CancellationToken.None);
                return "";
            case RunCommandKind.Answer or AnswerWrongly:
                return await AnswerAsync(command);
            case Allow or Reject or RejectWithComment:
                return await ApproveAsync(command, before);
            case Restart or Kill:
                await RestartAsync(isKill: command.Kind is Kill, before);
                return "";
            default:
                await DoQuietlyAsync(command, before);
                return "";
        }
    }

    /// <summary>Waits until the log shows what the model says, and an engine is at work if the model says so.</summary>
    public async Task<RunModel> SettleAsync(IReadOnlyList<RunModel> allowed)
    {
        using var limit = new CancellationTokenSource(Limit);
        var bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var subscription = _core!.Log.Subscribe(_conversation, () => bell.Writer.TryWrite(true));
        while (true)
        {
            _reader.Apply(await _core.Log.PullAsync(_conversation, _reader.Position, 512, CancellationToken.None));
            var seen = _reader.Picture.ToString();
            if (allowed.FirstOrDefault(model => model.Seen.ToString() == seen) is { } reached)
            {
                await TakeStringsAsync(reached);
                return reached;
            }

            try
            {
                await bell.Reader.ReadAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new Xunit.Sdk.XunitException(
                    $"There is:  {seen}\nand should be:  {string.Join("\nor:  ", allowed.Select(model => model.Seen))}\nLog:\n{string.Join('\n', _reader.Log)}");
            }
        }
    }

    /// <summary>Checks the invariants on the log as a fresh reader finds it.</summary>
    public async Task CheckAsync(RunModel model)
    {
        var log = await _core!.Log.ReadAsync(_conversation, 0, int.MaxValue, CancellationToken.None);
        RunInvariants.Check(log, mayBeOpen: model.Active is not null);
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever the case left running must not outlive it; it has been checked already.
        await _power.KillAsync();
    }

    private SessionRegistry Sessions => _core!.Services.GetRequiredService<SessionRegistry>();

    private static int Pick(IReadOnlyList<int> list, RunCommand command) => list[command.Pick % list.Count];

    private async Task DoQuietlyAsync(RunCommand command, RunModel before)
    {
        switch (command.Kind)
        {
            case Stop or StopTwice when _reader.RunIds.Count > 0:
                var runId = _reader.RunIds[command.Pick % _reader.RunIds.Count];
                await EndAsync(Task.WhenAll(Enumerable.Range(0, command.Kind is Stop ? 1 : 2)
                    .Select(_ => _session!.StopAsync(runId, CancellationToken.None))), before);
                break;
            case Trash:
                await EndAsync(_session!.TrashAsync(CancellationToken.None), before);
                break;
            case Restore:
                await _session!.RestoreAsync(CancellationToken.None);
                break;
            case TimePasses:
                _clock.Advance(TimeSpan.FromSeconds(61));
                break;
            case ToolReturns or ToolFails or ToolThrows when _toolIds.Count > 0:
                Return(_tools[_toolIds[command.Pick % _toolIds.Count]], command.Kind);
                break;
            case Say or EndText or CallTool or CallStubbornTool or CallGuardedTool or Ask or Finish or ReachLimit or Fail or Crash or IgnoreStop when before.IsAtWork:
                await OrderAsync(command.Kind);
                break;
        }
    }

    private async Task OrderAsync(RunCommandKind kind)
    {
        var callId = $"{(kind is Ask ? "ask" : "call")}-{_calls++}";
        if (kind is CallTool or CallStubbornTool)
        {
            _tools[callId] = new TaskCompletionSource<ToolResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            _toolIds.Add(callId);
        }

        await _strings!.WriteAsync(new PuppetOrder(kind, callId));
    }

    private static void Return(TaskCompletionSource<ToolResult> call, RunCommandKind kind)
    {
        if (kind is ToolThrows)
        {
            call.TrySetException(new InvalidOperationException("It was told to throw."));
        }
        else
        {
            call.TrySetResult(kind is ToolReturns ? new ToolResult("done") : ToolResult.Failure("It was told to fail."));
        }
    }

    private async Task<string> SendAsync(int prompt) =>
        (await _session!.SendAsync(_prompts[prompt], $"prompt {prompt}", [], CancellationToken.None)).Status.ToString();

    private async Task<string> AnswerAsync(RunCommand command)
    {
        var requests = _reader.RequestIds;
        if (requests.Count == 0)
        {
            return "";
        }

        var answer = new Answer("q1", [command.Kind is AnswerWrongly ? "purple" : "red"]);
        return (await _session!.AnswerAsync(requests[command.Pick % requests.Count], [answer], CancellationToken.None)).Status.ToString();
    }

    private async Task<string> ApproveAsync(RunCommand command, RunModel before)
    {
        var requests = _reader.ApprovalIds;
        if (requests.Count == 0)
        {
            return "";
        }

        var answer = command.Kind switch
        {
            Allow => new ApprovalAnswer(ApprovalOutcome.AllowedOnce),
            Reject => new ApprovalAnswer(ApprovalOutcome.Rejected),
            _ => new ApprovalAnswer(ApprovalOutcome.RejectedWithComment, "Not like this."),
        };
        var approving = _session!.ApproveAsync(requests[command.Pick % requests.Count], answer, CancellationToken.None);
        await EndAsync(approving, before);
        return (await approving).Status.ToString();
    }

    // An engine that does not listen costs the time that a stop gives it; only then does the clock move.
    private async Task EndAsync(Task ending, RunModel before)
    {
        while (before.IsStubborn && !ending.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(ending, Task.Delay(1));
        }

        await ending.WaitAsync(Limit);
    }

    private async Task RestartAsync(bool isKill, RunModel before)
    {
        if (isKill)
        {
            await _power.KillAsync();
        }
        else
        {
            await EndAsync(_core!.DisposeAsync().AsTask(), before);
        }

        _power = FaultyStore.Sound(store);
        _engine = new PuppetEngine();
        _core = await StartCoreAsync();
        await OpenAsync();
    }

    private async Task OpenAsync()
    {
        _reader = new PictureReader(_prompts);
        _session = await Sessions.OpenAgentAsync(_conversation, CancellationToken.None);
    }

    private async Task TakeStringsAsync(RunModel model)
    {
        if (model.Launches > _launches && model.IsAtWork)
        {
            _strings = await _engine.TakeAsync($"prompt {model.Active!.Prompt}");
        }

        _launches = model.Launches;
    }

    private Task<CoreProcess> StartCoreAsync() => world.StartAsync(_power, services =>
    {
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton<IAgentEngine>(_engine);
        var real = services.Last(service => service.ServiceType == typeof(ToolCatalog)).ImplementationFactory!;
        services.RemoveAll<ToolCatalog>().AddSingleton(provider => new ToolCatalog(
            ((ToolCatalog)real(provider)).Tools.Select(tool => tool.Definition.Name is PuppetTool.Listening or PuppetTool.Stubborn or PuppetTool.Guarded
                ? new PuppetTool(tool.Definition.Name, _tools)
                : tool)));
    });
}
