using System.Text;
using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Answers "what does file X do": what its opening comment says, what it declares, what it needs, who mentions it.</summary>
internal static class FileAnswer
{
    private const int MostDeclarations = 25;

    public static string? Write(Lookups lookups, string asked)
    {
        var wanted = asked.Trim('/').Replace('\\', '/');
        wanted = wanted.StartsWith("./", StringComparison.Ordinal) ? wanted[2..] : wanted;
        var name = FileKinds.Name(wanted);
        if (lookups.Glob(name) is not { } list)
        {
            return null;
        }

        var candidates = Candidates(wanted, list.Paths);
        if (candidates.Count == 0)
        {
            return Missing(lookups, wanted);
        }

        var path = candidates[0];
        var page = lookups.Read(path);
        var mentions = lookups.Grep($@"\b{System.Text.RegularExpressions.Regex.Escape(FileKinds.Stem(path))}\b", limit: 50);
        if (page is null || mentions is null)
        {
            return null;
        }

        if (page.Lines.Count == 0)
        {
            return $"{Markdown.Span(path)} is there, but it has no text that I can read: it is empty, binary, too large, or may hold secrets.";
        }

        return Describe(path, page, mentions) + Others(candidates);
    }

    private static List<string> Candidates(string wanted, IReadOnlyList<string> paths) =>
        [.. paths
            .Where(path => string.Equals(path, wanted, StringComparison.OrdinalIgnoreCase)
                || path.EndsWith("/" + wanted, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(path => path == wanted)
            .ThenBy(path => path.Count(character => character == '/'))
            .ThenBy(path => path, StringComparer.Ordinal)];

    private static string? Missing(Lookups lookups, string wanted)
    {
        var stem = FileKinds.Stem(wanted).Trim('.');
        var near = stem.Length > 1 && SearchTerm.Of(stem).NameGlob is { } glob ? lookups.Glob(glob) : new FileList([], HasMore: false);
        var all = near is { Paths.Count: 0 } ? lookups.Glob("**/*") : near;
        if (all is null)
        {
            return null;
        }

        var similar = near!.Paths.Count > 0
            ? near.Paths
            : [.. all.Paths.Where(path => Words.Same(FileKinds.Stem(path), stem))];
        var text = $"There is no file {Markdown.Span(wanted)} in this project.";
        return similar.Count == 0
            ? text
            : $"{text} Did you mean {string.Join(" or ", similar.Take(4).Select(Markdown.Span))}?";
    }

    private static string Describe(string path, FilePage page, SearchHits mentions)
    {
        var outline = SourceOutline.Of(page.Lines);
        var text = new StringBuilder();
        var language = FileKinds.Language(path);
        text.Append(Markdown.Span(path)).Append(language is null ? " has " : $" is {language} with ").Append(Markdown.Count(page.TotalLines, "line"));
        text.Append(page.NextOffset is null ? "." : $"; I have read the first {Markdown.Count(page.Lines.Count, "line")}.");
        var isDocument = language == "Markdown" || language is null;
        AppendHeader(text, outline, isDocument ? FirstParagraph(page) : null);
        Manifests.Append(text, path, page);
        AppendDeclarations(text, outline, isDocument);
        AppendImports(text, outline);
        AppendMentions(text, path, mentions);
        return text.ToString();
    }

    private static void AppendHeader(StringBuilder text, SourceOutline outline, IReadOnlyList<FoundLine>? paragraph)
    {
        var lines = outline.Header.Count > 0 && paragraph is null ? outline.Header : paragraph ?? [];
        var words = string.Join(' ', lines.Select(line => paragraph is null ? SourceOutline.Words(line.Text) : line.Text).Where(line => line.Length > 0));
        if (words.Length > 0)
        {
            text.Append("\n\n").Append(paragraph is null ? "Its comment says: " : "It begins: ")
                .Append(Markdown.Plain(words)).Append(' ').Append(Range(lines));
        }
    }

    private static List<FoundLine> FirstParagraph(FilePage page) =>
        [.. page.Lines
            .SkipWhile(line => string.IsNullOrWhiteSpace(line.Text) || !char.IsLetterOrDigit(line.Text.TrimStart()[0]))
            .TakeWhile(line => !string.IsNullOrWhiteSpace(line.Text))
            .Take(5)];

    private static void AppendDeclarations(StringBuilder text, SourceOutline outline, bool isDocument)
    {
        if (outline.Declarations.Count == 0)
        {
            return;
        }

        text.Append(isDocument ? "\n\nIts headings:\n" : "\n\nIt declares:\n");
        foreach (var declaration in outline.Declarations.Take(MostDeclarations))
        {
            var kind = isDocument || declaration.Kind.Length == 0 ? "" : declaration.Kind + " ";
            text.Append("\n- ").Append(isDocument ? Markdown.Plain(declaration.Name) : Markdown.Span(kind + declaration.Name))
                .Append(' ').Append(declaration.Line.Citation);
        }

        if (outline.Declarations.Count > MostDeclarations)
        {
            text.Append("\n- and ").Append(outline.Declarations.Count - MostDeclarations).Append(" more");
        }
    }

    private static void AppendImports(StringBuilder text, SourceOutline outline)
    {
        if (outline.Imports.Count > 0)
        {
            text.Append("\n\nIt uses:\n").AppendJoin("", outline.Imports.Take(10).Select(line => $"\n- {Markdown.Span(line.Text)} {line.Citation}"));
        }
    }

    private static void AppendMentions(StringBuilder text, string path, SearchHits mentions)
    {
        var others = mentions.Lines
            .Where(line => line.Path != path && !FileKinds.IsGenerated(line.Path))
            .GroupBy(line => line.Path)
            .OrderByDescending(lines => FileKinds.Weight(lines.Key))
            .ThenBy(lines => lines.Key, StringComparer.Ordinal)
            .Select(lines => lines.First())
            .Take(5)
            .ToList();
        if (others.Count > 0)
        {
            text.Append("\n\nIts name occurs in:\n").AppendJoin("", others.Select(line => $"\n- {line.Citation} {Markdown.Span(line.Text)}"));
        }
    }

    private static string Range(IReadOnlyList<FoundLine> lines) =>
        lines.Count == 1 ? $"({lines[0].Citation})" : $"(`{lines[0].Path}:{lines[0].Number}-{lines[^1].Number}`)";

    private static string Others(List<string> candidates) => candidates.Count == 1
        ? ""
        : $"\n\nOther files of this name: {string.Join(", ", candidates.Skip(1).Take(5).Select(Markdown.Span))}.";
}
