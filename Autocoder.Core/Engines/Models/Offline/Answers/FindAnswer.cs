using System.Text;
using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Answers "where is …" and "find …": the best place with its lines, then the others.</summary>
internal static class FindAnswer
{
    private const int MostFiles = 6;
    private const int LinesPerFile = 3;
    private const int LinesAround = 6;

    public static string? Write(Lookups lookups, SearchQuery query)
    {
        if (Search(lookups, query) is not { } found)
        {
            return null;
        }

        if (found.Files.Count > 0)
        {
            return WriteFiles(lookups, query, found);
        }

        if (Correct(lookups, query) is not { } corrected)
        {
            return null;
        }

        if (corrected.Pattern == query.Pattern)
        {
            return $"I found nothing for {query.Words}: no file has it in its name, and no text file in its content. "
                + "Folders that tools fill, such as `node_modules`, are not searched. Another word may help.";
        }

        return Search(lookups, corrected) is { } second
            ? $"Nothing is called {query.Words}; I looked for {corrected.Words} instead.\n\n{WriteFiles(lookups, corrected, second)}"
            : null;
    }

    private static Found? Search(Lookups lookups, SearchQuery query)
    {
        var hits = lookups.Grep(query.Pattern);
        var named = query.Terms.Select(term => term.NameGlob).OfType<string>().Distinct().Select(lookups.Glob).ToList();
        if (hits is null || named.Any(list => list is null))
        {
            return null;
        }

        var files = FoundFile.Rank(query, hits, named.SelectMany(list => list!.Paths).Take(200));
        return new Found(files, hits.HasMore || named.Any(list => list!.HasMore));
    }

    // Only names of files can be corrected: the tools do not search for what is nearly the same.
    private static SearchQuery? Correct(Lookups lookups, SearchQuery query)
    {
        if (lookups.Glob("**/*") is not { } all)
        {
            return null;
        }

        var known = all.Paths.SelectMany(path => path.Split('/')).SelectMany(Words.Inside).Where(word => word.Length > 3).Distinct().Order(StringComparer.Ordinal).ToList();
        var corrections = query.Terms
            .Select(term => (term.Text, Meant: known.Find(word => Words.Same(term.Text, word))))
            .Where(pair => pair.Meant is not null)
            .DistinctBy(pair => pair.Text)
            .ToDictionary(pair => pair.Text, pair => pair.Meant!);
        return query.Corrected(corrections);
    }

    private static string? WriteFiles(Lookups lookups, SearchQuery query, Found found)
    {
        if (found.Files.Count == 0)
        {
            return $"I found nothing for {query.Words} either.";
        }

        var best = found.Files[0];
        var quote = Quote(lookups, best);
        if (lookups.IsWaiting)
        {
            return null;
        }

        var text = new StringBuilder(First(query, best)).Append("\n\n").Append(quote);
        var others = found.Files.Skip(1).Take(MostFiles - 1).ToList();
        if (others.Count > 0)
        {
            text.Append("\n\nAlso:\n").AppendJoin("", others.Select(file => "\n" + Line(file)));
        }

        var left = found.Files.Count - 1 - others.Count;
        if (left > 0 || found.HasMore)
        {
            text.Append("\n\n").Append(found.HasMore ? "There are more places" : $"{Markdown.Count(left, "more file")} {(left == 1 ? "has" : "have")} it too")
                .Append("; a longer word or a name narrows it down.");
        }

        return text.ToString();
    }

    // Only what the file really has is claimed of it.
    private static string First(SearchQuery query, FoundFile best) => best switch
    {
        { Definition: { } line } => $"{Markdown.Span(SourceOutline.DeclaredName(line)!)} is declared in {line.Citation}:",
        { Lines: [var line, ..] } => $"The best match for {query.WordsIn(string.Join('\n', best.Lines.Select(one => one.Text)))} is {line.Citation}:",
        _ => $"A file has {query.WordsIn(best.Path)} in its name: {Markdown.Span(best.Path)}. It begins:",
    };

    // A few lines around the place say more than the line alone.
    private static string Quote(Lookups lookups, FoundFile best)
    {
        var place = best.Definition ?? (best.Lines.Count > 0 ? best.Lines[0] : null);
        var first = Math.Max(1, (place?.Number ?? 1) - (best.Definition is null ? 2 : 1));
        if (lookups.Read(best.Path, first, LinesAround) is not { } page)
        {
            return "";
        }

        if (page.Lines.Count == 0)
        {
            return place is null ? "It cannot be shown as text." : Markdown.Block(best.Path, [place.Text]);
        }

        var lines = page.Lines.SkipWhile(IsBlank).Reverse().SkipWhile(IsBlank).Reverse().ToList();
        return lines.Count == 0
            ? "These lines are blank."
            : $"{Markdown.Block(best.Path, lines.Select(line => line.Text))}\n`{best.Path}:{lines[0].Number}-{lines[^1].Number}`";

        static bool IsBlank(FoundLine line) => string.IsNullOrWhiteSpace(line.Text);
    }

    private static string Line(FoundFile file)
    {
        if (file.Lines.Count == 0)
        {
            return $"- {Markdown.Span(file.Path)} (by its name)";
        }

        var lines = file.Lines.Take(LinesPerFile).OrderBy(line => line.Number).Select(line => $"{line.Citation} {Markdown.Span(line.Text)}");
        return "- " + string.Join("\n  - ", lines);
    }

    private sealed record Found(IReadOnlyList<FoundFile> Files, bool HasMore);
}
