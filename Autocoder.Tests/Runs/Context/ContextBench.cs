using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Runs;
using Autocoder.Core.Runs.Context;

namespace Autocoder.Tests.Runs.Context;

/// <summary>A conversation in memory, under the law of the real log, with the keeper of its context.</summary>
internal sealed class ContextBench
{
    private static readonly JsonElement NoArguments = JsonSerializer.SerializeToElement(new { });

    private readonly List<EventEnvelope> _log = [];
    private readonly Guid _id = Guid.CreateVersion7();
    private int _calls;

    public ContextBench(ContextOptions? options = null)
    {
        Append(new ConversationCreated(_id, ConversationKind.Agent, "Bench"));
        Keeper = new ContextKeeper(
            new ContextLog(),
            (after, _) => Task.FromResult<IReadOnlyList<EventEnvelope>>([.. _log.Skip((int)after)]),
            (next, _) =>
            {
                Append(next);
                return Task.CompletedTask;
            },
            options ?? new ContextOptions());
    }

    public IReadOnlyList<EventEnvelope> Log => _log;

    public ConversationState State { get; private set; } = ConversationState.Empty;

    public ContextKeeper Keeper { get; }

    /// <summary>The whole fold of the log, for comparison with the keeper's.</summary>
    public ContextLog Whole => ContextLog.Of(_log);

    public IEnumerable<T> Events<T>() => _log.Select(envelope => envelope.Event).OfType<T>();

    public long Append(ConversationEvent next)
    {
        var runId = next is RunStarted started ? started.RunId
            : next is ConversationCreated or PromptAdmitted or PromptEdited or CompactionRequested or CompactionReverted ? null
            : State.Run?.RunId;
        var envelope = new EventEnvelope(_id, _log.Count + 1, Guid.CreateVersion7(), runId, DateTimeOffset.UnixEpoch, next);
        State = State.Apply(envelope);
        _log.Add(envelope);
        return envelope.Sequence;
    }

    /// <summary>A prompt, into the run at work or into one of its own.</summary>
    public ContextBench Prompt(string text, params Attachment[] attachments)
    {
        var promptId = Guid.CreateVersion7();
        Append(new PromptAdmitted(promptId, text, attachments));
        if (State.Run is null)
        {
            Append(new RunStarted(Guid.CreateVersion7(), promptId, "coder", 1, "scripted"));
        }

        Append(new PromptDelivered(promptId));
        return this;
    }

    /// <summary>A whole step: a thought, a text, and calls with these results.</summary>
    public ContextBench Step(string text = "", string thought = "", TokenUsage? usage = null, params string[] outputs)
    {
        BeginStep(text, thought);
        var calls = outputs.Select(_ => Call()).ToList();
        calls.Zip(outputs).Reverse().ToList().ForEach(pair => End(pair.First, pair.Second));
        return EndStep(usage, outputs.Length > 0 ? "tool_use" : "end_turn");
    }

    public ContextBench BeginStep(string text = "", string thought = "")
    {
        Append(new StepStarted(Guid.CreateVersion7(), State.Run!.Steps + 1));
        if (thought.Length > 0)
        {
            var itemId = Guid.CreateVersion7();
            Append(new ReasoningStarted(itemId));
            Append(new ReasoningCompleted(itemId, thought));
        }

        if (text.Length > 0)
        {
            var itemId = Guid.CreateVersion7();
            Append(new TextStarted(itemId));
            Append(new TextCompleted(itemId, text));
        }

        return this;
    }

    public ContextBench EndStep(TokenUsage? usage = null, string stopReason = "end_turn")
    {
        Append(new StepEnded(State.Run!.OpenStep!.Value, stopReason, usage ?? TokenUsage.None));
        return this;
    }

    public string Call(string? callId = null, ToolEffect effect = ToolEffect.ReadOnly)
    {
        var id = callId ?? $"call-{++_calls}";
        Append(new ToolCallRequested(id, "Read", $"Read {id}.cs", NoArguments, effect));
        Append(new ToolCallStarted(id));
        return id;
    }

    public long End(string callId, string output, ToolCallStatus status = ToolCallStatus.Completed, string? blob = null) =>
        Append(new ToolCallEnded(callId, status, output, 1, blob));

    public ContextBench EndRun(RunOutcome outcome = RunOutcome.Completed)
    {
        foreach (var closing in RunClosing.Close(State.Run!, _ => "cut off", outcome, null, DateTimeOffset.UnixEpoch))
        {
            Append(closing.Event);
        }

        return this;
    }

    public async Task<ContextCall?> PrepareAsync(IContextSummarizer summarizer) =>
        await Keeper.PrepareAsync("", [], summarizer, CancellationToken.None);

    public async Task<IReadOnlyList<ModelMessage>> ViewAsync()
    {
        await Keeper.CatchUpAsync(CancellationToken.None);
        return Keeper.Log.View;
    }

    /// <summary>A view in words, for comparison.</summary>
    public static string Show(IReadOnlyList<ModelMessage> view) => string.Join("\n", view.Select(message =>
        $"{message.Role}: {string.Join(" | ", message.Parts.Select(Show))}"));

    private static string Show(ModelPart part) => part switch
    {
        ModelPart.Text text => text.Value,
        ModelPart.Note note => note.Value,
        ModelPart.Reasoning thought => $"({thought.Value})",
        ModelPart.File file => $"file {file.Attachment.Name}",
        ModelPart.ToolCall call => $"call {call.CallId}",
        ModelPart.ToolResult result => $"{(result.Succeeded ? "result" : "failure")} {result.CallId}: {result.Output}",
        _ => "?",
    };
}
