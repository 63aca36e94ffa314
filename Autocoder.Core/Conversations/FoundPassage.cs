namespace Autocoder.Core.Conversations;

/// <summary>A place in a conversation that a search found, and a few words of what stands there.</summary>
/// <param name="Sequence">The event that says it.</param>
/// <param name="Parts">The words, in order; they concatenate to the excerpt.</param>
public sealed record FoundPassage(long Sequence, IReadOnlyList<ExcerptPart> Parts);
