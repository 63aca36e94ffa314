namespace Autocoder.Core.Runs.Context;

/// <summary>Where the conversation may be cut in two: what is before the cut is summarised, what is after stays. Pure.</summary>
/// <remarks>
/// An entry is never cut, so neither is a call from its result. The steps between two prompts are cut only when there is no
/// thought among them, because a model must be shown a train of thought whole. Prompts nobody has answered yet always stay.
/// </remarks>
internal static class SafeCut
{
    /// <summary>Chooses the cut that leaves a tail of about so many tokens, beginning with a prompt where possible.</summary>
    /// <param name="shownEntries">The entries that are shown, oldest first.</param>
    /// <returns>How many of them are summarised; 0 when none can be.</returns>
    public static int Choose(IReadOnlyList<ContextEntry> shownEntries, ContextShown shown, long tailTokens)
    {
        var cuts = new List<(int Count, bool IsPrompt, long Tail)>();
        var tail = 0L;
        for (var count = shownEntries.Count; count > 0; count--)
        {
            tail += count < shownEntries.Count ? ContextMeasure.Of(shownEntries[count], shown) : 0;
            if (IsSafe(shownEntries, count))
            {
                cuts.Add((count, count < shownEntries.Count && shownEntries[count] is PromptEntry, tail));
            }
        }

        var fitting = cuts.Where(cut => cut.Tail <= tailTokens).ToList();
        return fitting.Where(cut => cut.IsPrompt).Select(cut => cut.Count).DefaultIfEmpty(
            fitting.Select(cut => cut.Count).DefaultIfEmpty(cuts.Select(cut => cut.Count).DefaultIfEmpty(0).Max()).Min()).Min();
    }

    /// <summary>Whether so many entries can be summarised without tearing anything apart.</summary>
    public static bool IsSafe(IReadOnlyList<ContextEntry> entries, int count)
    {
        if (count == entries.Count)
        {
            return entries[^1] is StepEntry;
        }

        if (entries[count].Sequence == entries[count - 1].Sequence)
        {
            return false;
        }

        return entries[count] is PromptEntry
            ? entries[count - 1] is StepEntry || entries.Skip(count).Any(entry => entry is StepEntry)
            : !LoopAround(entries, count).Any(step => step.HasThought);
    }

    private static IEnumerable<StepEntry> LoopAround(IReadOnlyList<ContextEntry> entries, int index) => entries
        .Take(index).Reverse().TakeWhile(entry => entry is StepEntry)
        .Concat(entries.Skip(index).TakeWhile(entry => entry is StepEntry))
        .Cast<StepEntry>();
}
