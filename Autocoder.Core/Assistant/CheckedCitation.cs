namespace Autocoder.Core.Assistant;

/// <summary>A citation together with what a look at the file says.</summary>
/// <param name="Lines">What stands there now, or where it moved to; none when there is nothing to show.</param>
public sealed record CheckedCitation(Citation Citation, CitationStatus Status, IReadOnlyList<string> Lines)
{
    /// <summary>The line the cited text begins at now; null when there is nothing to show.</summary>
    public int? NowAt { get; init; }
}
