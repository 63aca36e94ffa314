using Autocoder.Core.Projects;

namespace Autocoder.Core.Assistant;

/// <summary>Looks whether cited lines are in a project, as it is now, and still say what the run was shown. Reads each file once.</summary>
public sealed class CitationChecker(ProjectFolder folder)
{
    // Shorter texts, a brace for example, stand in too many places to say that they moved.
    private const int LeastToFind = 8;

    /// <summary>Checks the citations of one text, in their order.</summary>
    /// <param name="seen">What the run was shown of the files; without it nothing is known of changes.</param>
    public async Task<IReadOnlyList<CheckedCitation>> CheckAsync(
        IReadOnlyList<Citation> citations, SeenLines? seen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(citations);
        var files = new Dictionary<string, ViewedFile>(StringComparer.Ordinal);
        var results = new List<CheckedCitation>(citations.Count);
        foreach (var citation in citations)
        {
            if (!files.TryGetValue(citation.Path, out var file))
            {
                files[citation.Path] = file = await ViewedFile.ReadAsync(folder, citation.Path, cancellationToken).ConfigureAwait(false);
            }

            results.Add(Check(citation, file, seen?.Of(file.Path, citation.FirstLine, citation.LastLine)));
        }

        return results;
    }

    private static CheckedCitation Check(Citation citation, ViewedFile file, IReadOnlyList<string>? shown)
    {
        if (file.Refusal is not null)
        {
            return new CheckedCitation(citation, file.IsSecret ? CitationStatus.Secret : CitationStatus.Gone, []);
        }

        var isThere = citation.LastLine <= file.Lines.Count;
        if (isThere && (shown is null || IsAt(file.Lines, citation.FirstLine - 1, shown)))
        {
            return Shown(citation, CitationStatus.Exists, file, citation.FirstLine);
        }

        if (shown is not null && FindOnly(file.Lines, shown) is { } index)
        {
            return Shown(citation, CitationStatus.Moved, file, index + 1);
        }

        return isThere
            ? Shown(citation, CitationStatus.Changed, file, citation.FirstLine)
            : new CheckedCitation(citation, CitationStatus.BeyondEnd, []);
    }

    private static CheckedCitation Shown(Citation citation, CitationStatus status, ViewedFile file, int line) =>
        new(citation, status, [.. file.Lines.Skip(line - 1).Take(citation.LastLine - citation.FirstLine + 1)]) { NowAt = line };

    // Only one place counts: of two that read the same nobody knows which was meant.
    private static int? FindOnly(IReadOnlyList<string> lines, IReadOnlyList<string> shown)
    {
        if (shown.Sum(line => line.Trim().Length) < LeastToFind)
        {
            return null;
        }

        int? found = null;
        for (var index = 0; index + shown.Count <= lines.Count; index++)
        {
            if (!IsAt(lines, index, shown))
            {
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = index;
        }

        return found;
    }

    private static bool IsAt(IReadOnlyList<string> lines, int index, IReadOnlyList<string> shown)
    {
        for (var at = 0; at < shown.Count; at++)
        {
            if (!SeenLines.Same(lines[index + at], shown[at]))
            {
                return false;
            }
        }

        return true;
    }
}
