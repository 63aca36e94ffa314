using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Runs;

namespace Autocoder.Tests.Conversations;

/// <summary>Makes random histories of every kind of event: mostly legal next events, and now and then one that the rules must refuse.</summary>
internal sealed class HistoryPlayer
{
    private static readonly JsonElement NoArguments = JsonDocument.Parse("{}").RootElement.Clone();

    private static readonly PermissionRule[] Rules =
        [new("Write", "src/**", PermissionEffect.Allow), new("Bash", "*", PermissionEffect.Deny)];

    private Guid _lastCompaction;
    private (Guid RunId, string CallId)? _lastCall;
    private Guid _lastUndo;

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

    private IReadOnlyList<NewEvent> Idle(ConversationState state, int choice)
    {
        if (!state.Queue.IsEmpty && choice % 2 == 0)
        {
            return Start(state.Queue[0].PromptId, choice);
        }

        var promptId = Guid.CreateVersion7();
        return (choice % 16) switch
        {
            0 => [new NewEvent(new ConversationTrashed())],
            1 => [new NewEvent(new ConversationRenamed($"Title {choice}"))],
            2 => [new NewEvent(new SpecDraftUpdated(state.DraftRevision + 1, "{}"))],
            3 => [new NewEvent(new RunEnded(RunOutcome.Completed, TokenUsage.None, 0, 0, 0))],
            4 when !state.Queue.IsEmpty => [new NewEvent(new PromptWithdrawn(state.Queue[0].PromptId))],
            5 => [new NewEvent(new PromptAdmitted(promptId, "queued", []))],
            6 => [new NewEvent(new SpecApproved(state.ApprovedVersion + 1 + (choice % 2), state.DraftRevision, "hash", ["a"], 3))],
            7 or 8 => [new NewEvent(BesideRuns(state, choice / 16))],
            _ => [new NewEvent(new PromptAdmitted(promptId, $"Prompt {choice}", [])), .. Start(state.Queue.IsEmpty ? promptId : state.Queue[0].PromptId, choice)],
        };
    }

    private static IReadOnlyList<NewEvent> Start(Guid promptId, int choice)
    {
        var runId = Guid.CreateVersion7();
        var phase = choice % 3 == 0 ? RunPhase.Analyse : RunPhase.Direct;
        return
        [
            new NewEvent(new RunStarted(runId, promptId, "coder", 1, "scripted", null, new RunLimits(50), phase), runId),
            new NewEvent(new PromptDelivered(promptId), runId),
        ];
    }

    private IReadOnlyList<NewEvent> Running(ConversationState state, RunState run, int choice)
    {
        if (choice % 32 == 15 && choice % 3 != 0)
        {
            return [.. RunClosing.Close(run, _ => "partial", RunOutcome.Stopped, null, run.StartedAt.AddSeconds(2))];
        }

        var next = (choice % 32) switch
        {
            < 16 => Working(run, choice),
            < 24 => Controlled(run, choice),
            24 when !state.Queue.IsEmpty => new PromptDelivered(state.Queue[choice / 32 % state.Queue.Count].PromptId),
            < 28 => BesideRuns(state, choice / 32),
            28 => new PromptAdmitted(Guid.CreateVersion7(), "steer", [], Delivery: PromptDelivery.Steer),
            _ => Working(run, choice / 32),
        };
        var isOfRun = next is not (PromptAdmitted or PromptEdited or PromptDeliveryChanged or PromptsReordered or PromptWithdrawn
            or ProfileSwitched or EngineSwitched or ConversationPinChanged or ConversationArchiveChanged or PermissionRuleAdded or PermissionRuleRemoved
            or CompactionReverted or UndoStarted or UndoEnded);
        return [new NewEvent(next, isOfRun ? run.RunId : null)];
    }

    private static ConversationEvent Working(RunState run, int choice)
    {
        var openCall = run.OpenToolCalls.Keys.Order().FirstOrDefault();
        return (choice % 16) switch
        {
            0 when run.OpenStep is null => new StepStarted(Guid.CreateVersion7(), run.Steps + 1),
            0 => new StepEnded(run.OpenStep.Value, "tool_use", new TokenUsage(choice, 2)),
            1 => new TextStarted(Guid.CreateVersion7()),
            2 when run.OpenTexts.FirstOrDefault(open => !open.Value) is { Key: var item } && item != default => new TextCompleted(item, "text"),
            3 => new ReasoningStarted(Guid.CreateVersion7()),
            4 when run.OpenTexts.FirstOrDefault(open => open.Value) is { Key: var item } && item != default => new ReasoningCompleted(item, "thought"),
            5 => new ToolCallRequested($"call-{choice}", "Write", "Write a", NoArguments, ToolEffect.Idempotent),
            6 when openCall is not null => new ToolCallStarted(openCall, run.ApprovedCalls.GetValueOrDefault(openCall)),
            7 when openCall is not null => new ToolCallEnded(openCall, ToolCallStatus.Completed, "done", 3, ChangedFile: $"file{choice % 5}"),
            8 when openCall is not null => new QuestionsAsked(Guid.CreateVersion7(), openCall, []),
            9 when !run.OpenQuestions.IsEmpty => new QuestionsAnswered(run.OpenQuestions.Keys.First(), []),
            10 => new PlanUpdated(run.PlanRevision + 1, [new PlanEntry("1", "Do it", PlanEntryStatus.InProgress)]),
            11 => new StopRequested("person"),
            12 => new PromptAdmitted(Guid.CreateVersion7(), "while running", []),
            13 => new RunEnded(RunOutcome.Completed, run.Usage, 1, run.ToolCalls, run.ChangedFiles.Count),
            14 when openCall is not null => new FileCheckpointed(openCall, $"file{choice % 5}", new FileVersion("after", 2), choice % 3 == 0 ? null : new FileVersion("before", 1)),
            14 => new WarningRaised("code", "text"),
            _ => new StepStarted(Guid.CreateVersion7(), 99),
        };
    }

    private static ConversationEvent Controlled(RunState run, int choice)
    {
        var waiting = run.OpenToolCalls.Where(call => !call.Value && !run.ApprovedCalls.ContainsKey(call.Key)).Select(call => call.Key).Order().FirstOrDefault();
        var openCall = run.OpenToolCalls.Keys.Order().FirstOrDefault();
        return (choice % 8) switch
        {
            0 when waiting is not null => new ApprovalRequested(
                Guid.CreateVersion7(), waiting, ApprovalSubject.ToolCall, "Write a", "No rule speaks of it", "hash", Rules[0]),
            0 => new ApprovalRequested(Guid.CreateVersion7(), "plan", ApprovalSubject.Plan, "The plan", "Asked for", "hash"),
            1 when !run.OpenApprovals.IsEmpty => new ApprovalResolved(
                run.OpenApprovals.Keys.Order().First(), choice % 3 == 0 ? ApprovalOutcome.RejectedWithComment : ApprovalOutcome.AllowedOnce, "Because"),
            2 when run.OpenCompaction is not { } => new CompactionStarted(Guid.CreateVersion7(), CompactionMethod.Summary, CompactionReason.Automatic, 9_000),
            2 or 3 when run.OpenCompaction is { } id => choice % 3 == 0
                ? new CompactionFailed(id, "The summary was cut off.")
                : new CompactionCompleted(id, CompactionMethod.Summary, 1, "Summary", [3], 9_000, 2_000, new TokenUsage(10, 5)),
            4 => new ModelCallRetried(1, 2_000, "overloaded", "The model is busy."),
            5 => new RunStalled(60_000),
            6 when run.Phase < RunPhase.Execute => new PhaseChanged(run.Phase + 1, choice % 3 == 0 ? "No plan was made in time" : null),
            7 when openCall is not null && !run.OpenSubAgents.ContainsKey(openCall) =>
                new SubAgentStarted(Guid.CreateVersion7(), openCall, "explorer", "Find it", 1),
            7 or 3 when !run.OpenSubAgents.IsEmpty && run.OpenSubAgents.Values.OrderBy(child => child.CallId).First() is { } child =>
                new SubAgentEnded(child.ChildConversationId, child.CallId, RunOutcome.Completed, "Found", new TokenUsage(7, 3)),
            _ => new WarningRaised("code", "controlled"),
        };
    }

    private ConversationEvent BesideRuns(ConversationState state, int choice) => (choice % 8) switch
    {
        0 when !state.Queue.IsEmpty => new PromptEdited(state.Queue[choice / 8 % state.Queue.Count].PromptId, $"Edited {choice}"),
        1 when !state.Queue.IsEmpty => new PromptDeliveryChanged(state.Queue[^1].PromptId, PromptDelivery.Steer),
        2 when state.Queue.Count > 1 => new PromptsReordered([.. state.Queue.Select(prompt => prompt.PromptId).Reverse()]),
        3 when !state.Queue.IsEmpty => new PromptWithdrawn(state.Queue[0].PromptId),
        4 when choice % 3 == 0 && _lastCall is { } call => new UndoEnded(
            Guid.CreateVersion7(), call.RunId, ["file"], [call.CallId], [], choice % 2 == 0 ? call.CallId : null, choice % 5 == 0 ? _lastUndo : null),
        5 when choice % 3 == 0 && _lastCall is { } call => new UndoStarted(Guid.CreateVersion7(), call.RunId, [new FileSwap("file")], call.CallId),
        4 => new PermissionRuleAdded(Rules[choice / 8 % 2]),
        5 => new PermissionRuleRemoved(Rules[choice / 8 % 2]),
        6 when _lastCompaction != default => new CompactionReverted(_lastCompaction),
        7 when choice % 3 == 0 => new ConversationPinChanged(choice % 2 == 0),
        7 when choice % 3 == 1 => new ConversationArchiveChanged(choice % 2 == 0),
        7 when choice % 4 == 2 => new EngineSwitched("person", choice % 8 == 2 ? "offline" : null),
        7 => new ProfileSwitched(choice % 2 == 0 ? "coder" : "reviewer", 1, "person"),
        _ => new PromptAdmitted(Guid.CreateVersion7(), "beside", []),
    };

    private void Track(ConversationState state, IReadOnlyList<NewEvent> events)
    {
        _lastCompaction = events.Select(added => added.Event).OfType<CompactionStarted>().LastOrDefault()?.CompactionId ?? _lastCompaction;
        _lastUndo = events.Select(added => added.Event).OfType<UndoEnded>().LastOrDefault()?.UndoId ?? _lastUndo;
        _lastCall = events.LastOrDefault(added => added is { Event: ToolCallRequested, RunId: not null }) is { Event: ToolCallRequested call, RunId: { } runId }
            ? (runId, call.CallId) : _lastCall;
        var opened = events.Select(added => added.Event).OfType<TextStarted>().FirstOrDefault();
        Open = opened is not null && state.Run is { } run ? (run.RunId, opened.ItemId)
            : events.Any(added => added.Event is TextCompleted or RunEnded) ? null
            : Open;
    }
}
