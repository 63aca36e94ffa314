using System.Globalization;
using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Core.Runs.Steps;

/// <summary>What a model is told about its run beside the conversation itself. Pure: the log and the numbers given decide.</summary>
internal static class RunNotes
{
    private const int LastSteps = 3;
    private const int MaxCalls = 30;

    /// <summary>The notes that hold for the next model call, most lasting first.</summary>
    /// <param name="log">The whole conversation, in order.</param>
    /// <param name="stepsLeft">How many model calls the run may still make, the next one included.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<EventEnvelope> log, Guid runId, int stepsLeft)
    {
        List<EventEnvelope> run = [.. log.Where(envelope => envelope.RunId == runId)];
        string?[] notes = [Continued(log, run), Undone(log, runId), Phase(run), Steered(run), Repeated(run), Limit(stepsLeft)];
        return [.. notes.OfType<string>()];
    }

    /// <summary>What the run this one goes on with left unknown; null when it goes on with none.</summary>
    private static string? Continued(IReadOnlyList<EventEnvelope> log, IReadOnlyList<EventEnvelope> run)
    {
        if (run.Select(envelope => envelope.Event).OfType<RunStarted>().FirstOrDefault()?.Continues is not { } earlier)
        {
            return null;
        }

        var before = log.Where(envelope => envelope.RunId == earlier).Select(envelope => envelope.Event).ToList();
        var calls = before.OfType<ToolCallRequested>().ToDictionary(call => call.CallId, StringComparer.Ordinal);
        var open = before.OfType<ToolCallEnded>()
            .Where(ended => ended.Status is ToolCallStatus.Unknown or ToolCallStatus.Cancelled or ToolCallStatus.NotStarted)
            .ToList();
        var note = new StringBuilder($"This run goes on with an earlier one, which {EndOf(before)}. Take its task up where it was left, and do nothing twice.");
        if (open.Count == 0)
        {
            return note.ToString();
        }

        note.Append(" Assume nothing about these tool calls of it; look at what is there first:");
        foreach (var ended in open.Take(MaxCalls))
        {
            note.Append(CultureInfo.InvariantCulture, $"\n- {calls[ended.CallId].Title}: {FateOf(ended.Status)}");
        }

        return open.Count > MaxCalls ? note.Append(CultureInfo.InvariantCulture, $"\n- and {open.Count - MaxCalls} more").ToString() : note.ToString();
    }

    /// <summary>What a person took back, or put in again, between the run before and this one; null for nothing.</summary>
    private static string? Undone(IReadOnlyList<EventEnvelope> log, Guid runId)
    {
        var undone = log.TakeWhile(envelope => envelope.RunId != runId).Reverse().TakeWhile(envelope => envelope.Event is not RunEnded)
            .Select(envelope => envelope.Event).OfType<UndoEnded>().Where(ended => ended.Paths.Count > 0).Reverse().ToList();
        return undone.Count == 0
            ? null
            : $"Since your last run the person did this with your changes: {string.Join(' ', undone.Select(UndoWords.Of))} These files no longer hold what "
                + "you last saw: read them before you use or change them, and do not make a change again that was taken back unless you are asked to.";
    }

    private static string EndOf(IEnumerable<ConversationEvent> run) => run.OfType<RunEnded>().LastOrDefault()?.Outcome switch
    {
        RunOutcome.Interrupted => "was cut off when Autocoder was restarted",
        RunOutcome.Stopped => "the person stopped",
        RunOutcome.Failed => "failed",
        RunOutcome.Stuck => "went round in circles: try another way",
        RunOutcome.MaxSteps or RunOutcome.TokenLimit or RunOutcome.BudgetExceeded or RunOutcome.TimeLimit => "ended at one of its limits",
        RunOutcome.ContextOverflow => "no longer fitted its context",
        _ => "has ended",
    };

    private static string FateOf(ToolCallStatus status) => status switch
    {
        ToolCallStatus.Unknown => "it was running when everything ended; what it did is not known",
        ToolCallStatus.Cancelled => "it was stopped while it ran; it may have done a part",
        _ => "it was asked for, and never started",
    };

    private static string? Phase(IReadOnlyList<EventEnvelope> run)
    {
        switch (PhaseRules.PhaseOf(run))
        {
            case RunPhase.Analyse:
                return "Phase: analysis. Look, and ask the person what only they can decide. Tools that change something are not at hand, so do not "
                    + "try. When you know enough, say in a few sentences what you found; the plan is written after that.";
            case RunPhase.Plan:
                var rejection = PhaseRules.RejectionToAnswer(run);
                return "Phase: plan. Write the plan with UpdatePlan, the only tool at hand: the complete list, at most 15 entries, each a piece of work "
                    + "whose result can be checked, all pending."
                    + (rejection is null ? "" : $" The person rejected the last plan and said: “{rejection}” Write a new one that takes this up.");
            case RunPhase.Execute when PhaseRules.LastPlan(run) is null:
                return "Phase: execution. No plan was made; do the work directly, in small steps.";
            case RunPhase.Execute:
                return "Phase: execution. Carry out the plan. Keep it true with UpdatePlan: one entry in progress, and evidence for each that is completed.";
            default:
                return null;
        }
    }

    // Only for the call right after it was delivered: later it is a message like any other.
    private static string? Steered(IReadOnlyList<EventEnvelope> run)
    {
        var sinceAnswer = run.Reverse().TakeWhile(envelope => envelope.Event is not StepEnded).Count(envelope => envelope.Event is PromptDelivered);
        return sinceAnswer > 0 && run.Count(envelope => envelope.Event is PromptDelivered) > 1
            ? "The person's latest message came while you were working. It belongs to this task: take it up now, and go on with what it leaves standing."
            : null;
    }

    private static string? Repeated(IReadOnlyList<EventEnvelope> run) => StuckRules.Find(run) is { Times: >= StuckRules.NudgeAt } repetition
        ? $"You have called {repetition.Tool} {repetition.Times} times in a row with the same arguments, and the result was the same each time. It will not "
            + "change. Do something else, or say what keeps you."
        : null;

    private static string? Limit(int stepsLeft) => stepsLeft switch
    {
        > LastSteps => null,
        <= 1 => "This is the last model call of this run; no result of a tool will reach you. Say what is done, what is open, and what comes next.",
        _ => $"{stepsLeft} model calls are left in this run, this one included. Bring the work to a state that can be left.",
    };
}
