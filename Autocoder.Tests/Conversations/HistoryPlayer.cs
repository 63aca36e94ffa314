using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Runs;

namespace Autocoder.Tests.Conversations;

/// <summary>Makes random histories: mostly legal next events, and now and then one that the rules must refuse.</summary>
internal sealed class HistoryPlayer
{
    private static readonly JsonElement NoArguments = JsonDocument.Parse("{}").RootElement.Clone();

    /// <summary>An open text of the active run; null when there is none.</summary>
    public (Guid RunId, Guid ItemId)? Open { get; private set; }

    public IReadOnlyList<NewEvent> Next(ConversationState state, int choice)
    {
        var events = state switch
        {
            { Created: null } => [new NewEvent(new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "History"))],
            { IsTrashed: true } => Trashed(choice),
            { Run: { } run } => Running(state, run, choice),
            _ => Idle(state, choice),
        };
        Track(state, events);
        return events;
    }

    private static IReadOnlyList<NewEvent> Trashed(int choice) =>
        [new NewEvent(choice % 3 == 0 ? new ConversationRenamed("refused") : new ConversationRestored())];

    private static IReadOnlyList<NewEvent> Idle(ConversationState state, int choice)
    {
        if (!state.Queue.IsEmpty && choice % 2 == 0)
        {
            return Start(state.Queue[0].PromptId);
        }

        var promptId = Guid.CreateVersion7();
        return (choice % 11) switch
        {
            0 => [new NewEvent(new ConversationTrashed())],
            1 => [new NewEvent(new ConversationRenamed($"Title {choice}"))],
            2 => [new NewEvent(new SpecDraftUpdated(state.DraftRevision + 1, "{}"))],
            3 => [new NewEvent(new RunEnded(RunOutcome.Completed, TokenUsage.None, 0, 0, 0))],
            4 when !state.Queue.IsEmpty => [new NewEvent(new PromptWithdrawn(state.Queue[0].PromptId))],
            6 => [new NewEvent(new SpecApproved(state.ApprovedVersion + 1 + (choice % 2), state.DraftRevision, "hash", ["a"], 3))],
            5 => [new NewEvent(new PromptAdmitted(promptId, "queued", []))],
            _ => [new NewEvent(new PromptAdmitted(promptId, $"Prompt {choice}", [])), .. Start(state.Queue.IsEmpty ? promptId : state.Queue[0].PromptId)],
        };
    }

    private static IReadOnlyList<NewEvent> Start(Guid promptId)
    {
        var runId = Guid.CreateVersion7();
        return
        [
            new NewEvent(new RunStarted(runId, promptId, "coder", 1, "scripted", null), runId),
            new NewEvent(new PromptDelivered(promptId), runId),
        ];
    }

    private static IReadOnlyList<NewEvent> Running(ConversationState state, RunState run, int choice)
    {
        var callId = $"call-{choice}";
        var openCall = run.OpenToolCalls.Keys.Order().FirstOrDefault();
        ConversationEvent next = (choice % 16) switch
        {
            0 when run.OpenStep is null => new StepStarted(Guid.CreateVersion7(), run.Steps + 1),
            0 => new StepEnded(run.OpenStep.Value, "tool_use", new TokenUsage(choice, 2)),
            1 => new TextStarted(Guid.CreateVersion7()),
            2 when run.OpenTexts.FirstOrDefault(open => !open.Value) is { Key: var item } && item != default => new TextCompleted(item, "text"),
            3 => new ReasoningStarted(Guid.CreateVersion7()),
            4 when run.OpenTexts.FirstOrDefault(open => open.Value) is { Key: var item } && item != default => new ReasoningCompleted(item, "thought"),
            5 => new ToolCallRequested(callId, "Write", "Write a", NoArguments, ToolEffect.Idempotent),
            6 when openCall is not null => new ToolCallStarted(openCall),
            7 when openCall is not null => new ToolCallEnded(openCall, ToolCallStatus.Completed, "done", 3, ChangedFile: $"file{choice % 5}"),
            8 when openCall is not null => new QuestionsAsked(Guid.CreateVersion7(), openCall, []),
            9 when !run.OpenQuestions.IsEmpty => new QuestionsAnswered(run.OpenQuestions.Keys.First(), []),
            10 => new PlanUpdated(run.PlanRevision + 1, [new PlanEntry("1", "Do it", PlanEntryStatus.InProgress)]),
            11 => new StopRequested("person"),
            12 => new PromptAdmitted(Guid.CreateVersion7(), "while running", []),
            13 => new RunEnded(RunOutcome.Completed, run.Usage, 1, run.ToolCalls, run.ChangedFiles.Count),
            14 => new WarningRaised("code", "text"),
            _ => new StepStarted(Guid.CreateVersion7(), 99),
        };
        if (choice % 16 == 15 && choice % 3 != 0)
        {
            return [.. RunClosing.Close(run, _ => "partial", RunOutcome.Stopped, null, run.StartedAt.AddSeconds(2))];
        }

        return [new NewEvent(next, next is PromptAdmitted ? null : run.RunId)];
    }

    private void Track(ConversationState state, IReadOnlyList<NewEvent> events)
    {
        var opened = events.Select(added => added.Event).OfType<TextStarted>().FirstOrDefault();
        Open = opened is not null && state.Run is { } run ? (run.RunId, opened.ItemId)
            : events.Any(added => added.Event is TextCompleted or RunEnded) ? null
            : Open;
    }
}
