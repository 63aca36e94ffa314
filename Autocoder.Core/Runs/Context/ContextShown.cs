using System.Collections.Immutable;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs.Context;

/// <summary>What compactions have left of the conversation for the model.</summary>
/// <param name="Through">Entries up to this event are replaced by the summary; 0 when none are.</param>
/// <param name="Masked">The ends of tool calls whose output is replaced by a line.</param>
internal sealed record ContextShown(long Through, string Summary, ImmutableHashSet<long> Masked)
{
    /// <summary>Everything is shown.</summary>
    public static ContextShown Whole { get; } = new(0, "", []);

    /// <summary>What compactions that were not taken back leave together: the summary that goes furthest, and all masks.</summary>
    public static ContextShown After(IEnumerable<CompactionCompleted> compactions) => compactions.Aggregate(Whole, (shown, next) => shown.With(next));

    public ContextShown With(CompactionCompleted compaction) => compaction.ThroughSequence > Through
        ? new ContextShown(compaction.ThroughSequence, compaction.Summary, Masked.Union(compaction.Masked))
        : this with { Masked = Masked.Union(compaction.Masked) };
}
