using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs;

/// <summary>Everything a run still owes the log before it may end, in the order the log demands. Pure.</summary>
internal static class RunClosing
{
    private const int MaxFiles = 100;

    /// <summary>Completes what is open and ends the run.</summary>
    /// <param name="textOf">The text of an open item, as far as it is known.</param>
    /// <param name="remains">What was left behind; null where nobody was at work.</param>
    public static IEnumerable<NewEvent> Close(
        RunState run, Func<Guid, string> textOf, RunOutcome outcome, RunError? error, DateTimeOffset now, RunRemains? remains = null)
    {
        IEnumerable<ConversationEvent> events =
        [
            .. run.OpenTexts.OrderBy(open => open.Key).Select(open => CompleteText(open.Key, open.Value, textOf(open.Key))),
            .. run.OpenToolCalls.OrderBy(call => call.Key, StringComparer.Ordinal).Select(call => EndCall(call.Key, call.Value, run, outcome, remains)),
            .. run.OpenQuestions.Keys.Order().Select(requestId => new QuestionsExpired(requestId, ReasonFor(outcome))),
            .. run.OpenApprovals.Keys.Order().Select(approvalId => new ApprovalResolved(approvalId, ApprovalOutcome.Expired, By: "run")),
            .. run.OpenCompaction is { } compactionId ? [new CompactionFailed(compactionId, ReasonFor(outcome))] : Array.Empty<ConversationEvent>(),
            .. run.OpenSubAgents.Values.OrderBy(child => child.CallId, StringComparer.Ordinal).Select(child => EndSubAgent(child, outcome)),
            new RunEnded(
                outcome, run.Usage, (long)(now - run.StartedAt).TotalMilliseconds, run.ToolCalls, run.ChangedFiles.Count, error,
                FilesOf(run), run.SubAgentUsage == TokenUsage.None ? null : run.SubAgentUsage, remains?.ProcessesEnded ?? 0),
        ];
        return events.Select(closing => new NewEvent(closing, run.RunId));
    }

    private static string[]? FilesOf(RunState run) =>
        run.ChangedFiles.IsEmpty ? null : [.. run.ChangedFiles.Order(StringComparer.Ordinal).Take(MaxFiles)];

    private static ConversationEvent CompleteText(Guid itemId, bool isReasoning, string text) => isReasoning
        ? new ReasoningCompleted(itemId, text, Partial: true)
        : new TextCompleted(itemId, text, Partial: true);

    private static ToolCallEnded EndCall(string callId, bool started, RunState run, RunOutcome outcome, RunRemains? remains)
    {
        if (!started)
        {
            return Synthetic(callId, ToolCallStatus.NotStarted, "This was not started, because the run ended first. Nothing was done.");
        }

        // Where this server did the stopping it knows more than one that finds a run after a crash.
        var isUnknown = outcome is RunOutcome.Interrupted && remains is null;
        var why = isUnknown ? "Autocoder was restarted while this was running."
            : remains is { IsFenced: true } ? "This did not react to the stop, and the run was ended without it; what it still does is not recorded."
            : outcome is RunOutcome.Interrupted ? "Autocoder was shut down while this was running."
            : "The run ended while this was running.";
        return Synthetic(
            callId,
            isUnknown ? ToolCallStatus.Unknown : ToolCallStatus.Cancelled,
            $"{why} {LeftBy(run.OpenRequests.GetValueOrDefault(callId)?.Effect)}{Processes(remains)}");
    }

    private static string LeftBy(ToolEffect? effect) => effect switch
    {
        ToolEffect.ReadOnly => "It only looks, so nothing was changed.",
        ToolEffect.Idempotent => "What it was to change is changed whole or not at all; doing it again does no harm.",
        _ => "It may have done a part of its work: look before you do it again.",
    };

    private static string Processes(RunRemains? remains) => remains switch
    {
        null or { ProcessesEnded: 0 } => "",
        { ProcessesEnded: 1 } => " One process it had started was ended.",
        _ => string.Create(CultureInfo.InvariantCulture, $" {remains.ProcessesEnded} processes the run had started were ended."),
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
