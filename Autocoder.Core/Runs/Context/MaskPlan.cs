using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs.Context;

/// <summary>Which tool output can be left out. Pure.</summary>
/// <param name="Ends">The ends of the tool calls, by sequence.</param>
/// <param name="Gain">Tokens.</param>
internal sealed record MaskPlan(IReadOnlyList<long> Ends, long Gain)
{
    /// <summary>Old output, beyond the newest and not in the person's last turns; never what a person has answered.</summary>
    public static MaskPlan For(IReadOnlyList<ContextEntry> entries, ContextShown shown, ContextLimits limits)
    {
        var ends = new List<long>();
        var (turns, newest, gain) = (0, 0L, 0L);
        foreach (var entry in entries.Reverse().TakeWhile(entry => entry.Sequence > shown.Through))
        {
            turns += entry is PromptEntry ? 1 : 0;
            foreach (var outcome in (entry as StepEntry)?.Outcomes.Reverse() ?? [])
            {
                newest += TokenEstimate.Of(ContextView.ResultOf(outcome, shown));
                var saved = TokenEstimate.Of(outcome.Result) - TokenEstimate.Of(outcome.Masked);
                var isOld = turns >= ContextLimits.UnmaskedTurns && newest > limits.Unmasked;
                if (isOld && saved > 0 && outcome is { End: not null, IsAnswer: false } && !shown.Masked.Contains(outcome.Sequence))
                {
                    ends.Add(outcome.Sequence);
                    gain += saved;
                }
            }
        }

        ends.Reverse();
        return new MaskPlan(ends, gain);
    }
}
