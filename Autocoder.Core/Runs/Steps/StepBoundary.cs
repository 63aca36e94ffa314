using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs.Steps;

/// <summary>Between two steps: whether the next one may begin. The same for every engine.</summary>
internal sealed class StepBoundary(RunActor actor)
{
    /// <summary>Takes the next step out of the budget, and tells a run that goes round in circles that it does.</summary>
    /// <param name="run">The run's events, in order.</param>
    /// <returns>How the run must end now; null when the step may begin.</returns>
    public async Task<RunOutcome?> PassAsync(IEnumerable<EventEnvelope> run)
    {
        var repetition = StuckRules.Find(run);
        if (repetition.Times >= StuckRules.EndAt)
        {
            return RunOutcome.Stuck;
        }

        if (repetition is { Times: >= StuckRules.NudgeAt, WasNudged: false })
        {
            await actor.AppendAsync(_ => new WarningRaised(
                StuckRules.NudgeCode,
                $"{repetition.Tool} was called {repetition.Times} times in a row with the same result. The agent was told; after "
                + $"{StuckRules.EndAt} times the run ends.")).ConfigureAwait(false);
        }

        return actor.Budget.TryTakeStep();
    }
}
