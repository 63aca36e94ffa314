namespace Autocoder.Core.Assistant;

/// <summary>A citation together with what a look at the file says.</summary>
/// <param name="Lines">The cited lines, when they exist; none otherwise.</param>
public sealed record CheckedCitation(Citation Citation, CitationStatus Status, IReadOnlyList<string> Lines);
