using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>A file that a search found, and how well it fits.</summary>
/// <param name="Lines">The lines that matched, the most telling first; none when only the name did.</param>
/// <param name="Definition">The line that declares what was searched for; null for none.</param>
internal sealed record FoundFile(string Path, double Rating, IReadOnlyList<FoundLine> Lines, FoundLine? Definition)
{
    private const double DefinitionScore = 12;
    private const double ExactNameScore = 10;
    private const double NameScore = 5;

    /// <summary>Definitions before names before mentions; code before documents before what tools wrote.</summary>
    public static IReadOnlyList<FoundFile> Rank(SearchQuery query, SearchHits hits, IEnumerable<string> named)
    {
        var byPath = hits.Lines.ToLookup(line => line.Path);
        return [.. byPath.Select(lines => lines.Key)
            .Concat(named)
            .Distinct()
            .Select(path => Of(query, path, [.. byPath[path]]))
            .OrderByDescending(file => file.Rating)
            .ThenBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static FoundFile Of(SearchQuery query, string path, IReadOnlyList<FoundLine> lines)
    {
        var best = lines
            .Select(line => (Line: line, Score: Score(query, line)))
            .OrderByDescending(scored => scored.Score)
            .ThenBy(scored => scored.Line.Number)
            .ToList();
        var definition = best.FirstOrDefault(scored => Declares(query, scored.Line)).Line;
        var covered = query.Terms.Count(term => lines.Any(line => term.IsIn(line.Text)) || term.IsIn(path));
        var score = (best.Count > 0 ? best[0].Score : 0)
            + Math.Min(lines.Count, 5)
            + (3 * covered)
            + query.Terms.Max(term => NameFit(term, path));
        return new FoundFile(path, score * FileKinds.Weight(path), [.. best.Select(scored => scored.Line)], definition);
    }

    private static double Score(SearchQuery query, FoundLine line) =>
        (Declares(query, line) ? DefinitionScore : 0) + (3 * query.Terms.Count(term => term.IsIn(line.Text)));

    private static bool Declares(SearchQuery query, FoundLine line) =>
        SourceOutline.DeclaredName(line) is { } name && query.Terms.Any(term => term.IsIn(name));

    private static double NameFit(SearchTerm term, string path)
    {
        var stem = FileKinds.Stem(path);
        return string.Equals(stem, term.Text, StringComparison.OrdinalIgnoreCase)
            || string.Equals(stem, term.Key, StringComparison.OrdinalIgnoreCase) ? ExactNameScore
            : term.IsIn(FileKinds.Name(path)) ? NameScore
            : 0;
    }
}
