using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs;

/// <summary>Everything a run still owes the log before it may end, in the order the log demands. Pure.</summary>
internal static class RunClosing
{
    private const int MaxFiles = 100;

    /// <summary>Completes what is open and ends the run.</summary>
    /// <param name="textOf">The text of an open item, as far as it is known.</param>
    public static IEnumerable<NewEvent> Close(
        RunState run, Func<Guid, string> textOf, RunOutcome outcome, RunError? error, DateTimeOffset now)
    {
        IEnumerable<ConversationEvent> events =
        [
            .. run.OpenTexts.OrderBy(open => open.Key).Select(open => CompleteText(open.Key, open.Value, textOf(open.Key))),
            .. run.OpenToolCalls.OrderBy(call => call.Key, StringComparer.Ordinal).Select(call => EndCall(call.Key, call.Value, outcome)),
            .. run.OpenQuestions.Keys.Order().Select(requestId => new QuestionsExpired(requestId, ReasonFor(outcome))),
            .. run.OpenApprovals.Keys.Order().Select(approvalId => new ApprovalResolved(approvalId, ApprovalOutcome.Expired, By: "run")),
            .. run.OpenCompaction is { } compactionId ? [new CompactionFailed(compactionId, ReasonFor(outcome))] : Array.Empty<ConversationEvent>(),
            .. run.OpenSubAgents.Values.OrderBy(child => child.CallId, StringComparer.Ordinal).Select(child => EndSubAgent(child, outcome)),
            new RunEnded(
                outcome, run.Usage, (long)(now - run.StartedAt).TotalMilliseconds, run.ToolCalls, run.ChangedFiles.Count, error,
                FilesOf(run), run.SubAgentUsage == TokenUsage.None ? null : run.SubAgentUsage),
        ];
        return events.Select(closing => new NewEvent(closing, run.RunId));
    }

    private static string[]? FilesOf(RunState run) =>
        run.ChangedFiles.IsEmpty ? null : [.. run.ChangedFiles.Order(StringComparer.Ordinal).Take(MaxFiles)];

    private static ConversationEvent CompleteText(Guid itemId, bool isReasoning, string text) => isReasoning
        ? new ReasoningCompleted(itemId, text, Partial: true)
        : new TextCompleted(itemId, text, Partial: true);

    private static ToolCallEnded EndCall(string callId, bool started, RunOutcome outcome) => (started, outcome) switch
    {
        (false, _) => Synthetic(callId, ToolCallStatus.NotStarted, "This was not started, because the run ended first."),
        (true, RunOutcome.Interrupted) => Synthetic(
            callId, ToolCallStatus.Unknown, "Autocoder was restarted while this was running; what it did is not known."),
        _ => Synthetic(callId, ToolCallStatus.Cancelled, "The run ended while this was running; it may have done a part of its work."),
    };

    private static ToolCallEnded Synthetic(string callId, ToolCallStatus status, string output) =>
        new(callId, status, output, DurationMs: 0, Synthetic: true);

    private static SubAgentEnded EndSubAgent(SubAgentStarted child, RunOutcome outcome) =>
        new(child.ChildConversationId, child.CallId, outcome, "The run that started this sub-agent ended first.", TokenUsage.None);

    private static string ReasonFor(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Stopped => "The run was stopped.",
        RunOutcome.Interrupted => "Autocoder was restarted.",
        _ => "The run ended.",
    };
}
