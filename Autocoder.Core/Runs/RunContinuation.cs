using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs;

/// <summary>How a person goes on with a run that has ended, whatever its end was. Pure.</summary>
internal static class RunContinuation
{
    /// <summary>The prompt that goes on with a run; null when the run has not ended or is not in this log.</summary>
    public static PromptAdmitted? PromptFor(IReadOnlyList<EventEnvelope> log, Guid promptId, Guid runId)
    {
        var run = log.Where(envelope => envelope.RunId == runId).Select(envelope => envelope.Event).ToList();
        if (run.OfType<RunStarted>().FirstOrDefault() is not { } started || run[^1] is not RunEnded)
        {
            return null;
        }

        // A profile the person switched to since then wins; otherwise an initializer goes on as an initializer.
        var last = log.LastOrDefault(envelope => envelope.RunId == runId);
        var switched = log.Any(envelope => envelope.Event is ProfileSwitched && envelope.Sequence > last!.Sequence);
        var phase = run.OfType<PhaseChanged>().LastOrDefault()?.Phase ?? started.Phase;
        return new PromptAdmitted(
            promptId,
            "Continue",
            [],
            Profile: switched ? null : ProfileOf(log, started, runId),
            PlanFirst: phase is RunPhase.Analyse or RunPhase.Plan,
            Continues: runId);
    }

    private static string ProfileOf(IReadOnlyList<EventEnvelope> log, RunStarted started, Guid runId)
    {
        var (first, last) = (
            log.First(envelope => envelope.RunId == runId).Sequence, log.Last(envelope => envelope.RunId == runId).Sequence);
        return log
            .Where(envelope => envelope.Sequence > first && envelope.Sequence < last)
            .Select(envelope => envelope.Event)
            .OfType<ProfileSwitched>()
            .LastOrDefault()?.Profile ?? started.Profile;
    }
}
