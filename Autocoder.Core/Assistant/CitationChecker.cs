using Autocoder.Core.Projects;

namespace Autocoder.Core.Assistant;

/// <summary>Looks whether cited lines exist in a project, as it is now. Reads each file once.</summary>
public sealed class CitationChecker(ProjectFolder folder)
{
    /// <summary>Checks the citations of one text, in their order.</summary>
    public async Task<IReadOnlyList<CheckedCitation>> CheckAsync(
        IReadOnlyList<Citation> citations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(citations);
        var files = new Dictionary<string, string[]?>(StringComparer.Ordinal);
        var results = new List<CheckedCitation>(citations.Count);
        foreach (var citation in citations)
        {
            if (!files.TryGetValue(citation.Path, out var lines))
            {
                files[citation.Path] = lines = await ReadLinesAsync(citation.Path, cancellationToken).ConfigureAwait(false);
            }

            results.Add(Check(citation, lines));
        }

        return results;
    }

    private static CheckedCitation Check(Citation citation, string[]? lines)
    {
        if (lines is null)
        {
            return new CheckedCitation(citation, CitationStatus.Gone, []);
        }

        return citation.LastLine > lines.Length
            ? new CheckedCitation(citation, CitationStatus.BeyondEnd, [])
            : new CheckedCitation(citation, CitationStatus.Exists, lines[(citation.FirstLine - 1)..citation.LastLine]);
    }

    private async Task<string[]?> ReadLinesAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = await folder.ReadTextAsync(path, cancellationToken).ConfigureAwait(false);
            var lines = text.ReplaceLineEndings("\n").Split('\n');
            return lines[^1].Length == 0 ? lines[..^1] : lines;
        }
        catch (ProjectFileException)
        {
            // Whatever the reason, a reader cannot look it up: missing, outside, binary, too large.
            return null;
        }
    }
}
