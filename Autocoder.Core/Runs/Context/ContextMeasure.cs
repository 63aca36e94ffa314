using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs.Context;

/// <summary>How many tokens a call would take. Pure.</summary>
internal static class ContextMeasure
{
    /// <summary>Of the next call: what a model has counted, plus an estimate of what has come since.</summary>
    /// <param name="fixedTokens">Of instructions and tools; a count holds them already.</param>
    public static long Of(ContextLog log, long fixedTokens) => log.Anchor is { } anchor
        ? anchor.Tokens + log.Entries.Where(entry => entry.Sequence > log.Shown.Through).Sum(entry => NewTokens(entry, anchor, log.Shown))
        : fixedTokens + TokenEstimate.Of(log.View);

    /// <summary>Of an entry as it is shown.</summary>
    public static long Of(ContextEntry entry, ContextShown shown) => TokenEstimate.Of(ContextView.Of([entry], shown with { Through = 0 }));

    private static long NewTokens(ContextEntry entry, ContextAnchor anchor, ContextShown shown) => entry switch
    {
        _ when entry.First > anchor.Through => Of(entry, shown),
        StepEntry step when step.First == anchor.Through => step.Outcomes.Sum(outcome => TokenEstimate.Of(ContextView.ResultOf(outcome, shown))),
        _ => 0,
    };
}
