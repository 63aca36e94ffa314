namespace Autocoder.Core.Runs.Context;

/// <summary>Where the conversation may be cut in two: what is before the cut is summarised, what is after stays. Pure.</summary>
/// <remarks>
/// An entry is never cut, so neither is a call from its result. The steps between two prompts are cut only when there is no
/// thought among them, because a model must be shown a train of thought whole. What this run was asked and has not answered yet
/// always stays; a prompt an earlier run has left unanswered may go, or one that was too long would block all that follow.
/// </remarks>
internal static class SafeCut
{
    /// <summary>Chooses the cut that leaves a tail of about so many tokens, beginning with a prompt where possible.</summary>
    /// <param name="shownEntries">The entries that are shown, oldest first.</param>
    /// <param name="runStartedAt">The event the run began with.</param>
    /// <returns>How many of them are summarised; 0 when none can be.</returns>
    public static int Choose(IReadOnlyList<ContextEntry> shownEntries, ContextShown shown, long runStartedAt, long tailTokens)
    {
        var most = shownEntries.Count - shownEntries.Reverse().TakeWhile(entry => entry is PromptEntry && entry.First > runStartedAt).Count();
        var cuts = new List<(int Count, bool IsPrompt, long Tail)>();
        var tail = 0L;
        for (var count = shownEntries.Count; count > 0; count--)
        {
            tail += count < shownEntries.Count ? ContextMeasure.Of(shownEntries[count], shown) : 0;
            if (count <= most && IsSafe(shownEntries, count))
            {
                cuts.Add((count, count < shownEntries.Count && shownEntries[count] is PromptEntry, tail));
            }
        }

        // The cuts go from the shortest tail to the longest.
        var fitting = cuts.Where(cut => cut.Tail <= tailTokens).ToList();
        return fitting.Exists(cut => cut.IsPrompt) ? fitting.Last(cut => cut.IsPrompt).Count
            : fitting.Count > 0 ? fitting[^1].Count
            : cuts.Count > 0 ? cuts[0].Count
            : 0;
    }

    /// <summary>Whether so many entries can be summarised without tearing anything apart.</summary>
    private static bool IsSafe(IReadOnlyList<ContextEntry> entries, int count)
    {
        if (count == entries.Count)
        {
            return true;
        }

        return entries[count].Sequence > entries[count - 1].Sequence
            && (entries[count] is PromptEntry || !LoopAround(entries, count).Any(step => step.HasThought));
    }

    private static IEnumerable<StepEntry> LoopAround(IReadOnlyList<ContextEntry> entries, int index) => entries
        .Take(index).Reverse().TakeWhile(entry => entry is StepEntry)
        .Concat(entries.Skip(index).TakeWhile(entry => entry is StepEntry))
        .Cast<StepEntry>();
}
