using System.Text.RegularExpressions;
using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>What can be said of a source file by looking at its lines: opening comment, declarations, imports.</summary>
internal sealed partial class SourceOutline
{
    private const int LongestLine = 400;

    private SourceOutline(
        IReadOnlyList<FoundLine> header, IReadOnlyList<Declaration> declarations, IReadOnlyList<FoundLine> imports)
    {
        Header = header;
        Declarations = declarations;
        Imports = imports;
    }

    /// <summary>The comment at the top, or the one before the first declaration.</summary>
    public IReadOnlyList<FoundLine> Header { get; }

    public IReadOnlyList<Declaration> Declarations { get; }

    public IReadOnlyList<FoundLine> Imports { get; }

    public static SourceOutline Of(IReadOnlyList<FoundLine> lines)
    {
        var extension = lines.Count == 0 ? "" : Path.GetExtension(lines[0].Path).ToLowerInvariant();
        var declarations = new List<Declaration>();
        var imports = new List<FoundLine>();
        foreach (var line in lines.Where(line => line.Text.Length <= LongestLine))
        {
            if (Declaration(extension, line) is { } declaration)
            {
                declarations.Add(declaration);
            }
            else if (ImportPattern().IsMatch(line.Text))
            {
                imports.Add(line);
            }
        }

        return new SourceOutline(FindHeader(lines, declarations), declarations, imports);
    }

    /// <summary>The words of a comment line, without its marks.</summary>
    public static string Words(string comment) =>
        TagPattern().Replace(CommentMarksPattern().Replace(comment, ""), match => match.Groups["name"].Value).Trim();

    /// <summary>The name that a line declares; null when it declares none.</summary>
    public static string? DeclaredName(FoundLine line) =>
        line.Text.Length <= LongestLine ? Declaration(Path.GetExtension(line.Path).ToLowerInvariant(), line)?.Name : null;

    private static Declaration? Declaration(string extension, FoundLine line)
    {
        var pattern = extension switch
        {
            ".cs" or ".razor" or ".java" or ".kt" or ".scala" or ".swift" or ".dart" => ClassLanguagePattern(),
            ".js" or ".mjs" or ".cjs" or ".jsx" or ".ts" or ".tsx" or ".vue" or ".svelte" => ScriptPattern(),
            ".py" or ".rb" or ".ex" or ".exs" => DefPattern(),
            ".go" or ".rs" => FuncPattern(),
            ".sql" => SqlPattern(),
            ".sh" => ShellPattern(),
            ".md" => HeadingPattern(),
            ".php" => PhpPattern(),
            _ => null,
        };
        var match = pattern?.Match(line.Text);
        return match is not { Success: true }
            ? null
            : new Declaration(match.Groups["kind"].Value.Trim().ToLowerInvariant(), match.Groups["name"].Value.Trim(), line);
    }

    private static List<FoundLine> FindHeader(IReadOnlyList<FoundLine> lines, List<Declaration> declarations)
    {
        var first = lines.FirstOrDefault(line => !string.IsNullOrWhiteSpace(line.Text) && !line.Text.StartsWith("#!", StringComparison.Ordinal));
        if (first is not null && CommentPattern().IsMatch(first.Text))
        {
            return Comment(lines, lines.ToList().IndexOf(first), step: 1);
        }

        var declared = declarations.Count == 0 ? -1 : lines.ToList().IndexOf(declarations[0].Line);
        var above = Comment(lines, declared - 1, step: -1);
        above.Reverse();
        return above;
    }

    private static List<FoundLine> Comment(IReadOnlyList<FoundLine> lines, int start, int step)
    {
        var comment = new List<FoundLine>();
        for (var index = start; index >= 0 && index < lines.Count && comment.Count < 40; index += step)
        {
            if (!CommentPattern().IsMatch(lines[index].Text))
            {
                break;
            }

            comment.Add(lines[index]);
        }

        return comment;
    }

    [GeneratedRegex(@"^\s*(//|/\*|\*|#(?!!|include|region|pragma|if|nullable)|--|<!--|""""""|''')", RegexOptions.CultureInvariant)]
    private static partial Regex CommentPattern();

    [GeneratedRegex(@"^\s*(///?|/\*+|\*+/?|#+|--|<!--|""""""|''')\s?|\s*(\*+/|-->|""""""|''')\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex CommentMarksPattern();

    [GeneratedRegex(@"</?\w+(\s+\w+=""(?<name>[^""]*)"")?\s*/?>", RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"^\s*(import\b|from\s+\S+\s+import\b|using\s+(static\s+)?[\w.]+;|(const|let|var)\s+[\w{}\s,:]+=\s*require\(|use\s+[\w:]+|#include\b|require(_relative)?\s|@using\b)", RegexOptions.CultureInvariant)]
    private static partial Regex ImportPattern();

    [GeneratedRegex(
        @"^\s*(\[[^\]]*\]\s*)*(@\w+\s+)?((public|internal|protected|private|static|sealed|abstract|partial|readonly|override|virtual|async|file|final|open|data|unsafe|new|extern)\s+)*"
        + @"((?<kind>class|interface|record struct|record class|record|struct|enum|object|trait|protocol|fun|func)\s+(?<name>\w+)"
        + @"|(?<=\b(public|internal|protected|static)\s+([\w]+\s+)*)[\w<>\[\]?,. ]+?\s+(?<name>\w+)\s*(<[^>]*>)?\()",
        RegexOptions.CultureInvariant)]
    private static partial Regex ClassLanguagePattern();

    [GeneratedRegex(
        @"^\s*(export\s+)?(default\s+)?(declare\s+)?(async\s+)?(abstract\s+)?(?<kind>function\*?|class|interface|type|enum|namespace)\s+(?<name>[\w$]+)"
        + @"|^(export\s+)?(?<kind>const|let|var)\s+(?<name>[\w$]+)\s*(:[^=]+)?=(?!\s*require\()"
        + @"|^\s*(?<kind>\w*([Rr]outer|app|api|server))\.(?<name>(get|post|put|patch|delete|use)\(\s*['""`][^'""`]+)['""`]",
        RegexOptions.CultureInvariant)]
    private static partial Regex ScriptPattern();

    [GeneratedRegex(@"^\s*(async\s+)?(?<kind>def|defp|class|module|defmodule)\s+(?<name>[\w.?!]+)", RegexOptions.CultureInvariant)]
    private static partial Regex DefPattern();

    [GeneratedRegex(
        @"^\s*(pub(\([^)]*\))?\s+)?(async\s+)?(unsafe\s+)?(?<kind>func|fn|type|struct|enum|trait|impl|mod|const|static)\s+(\([^)]*\)\s*)?(<[^>]*>\s*)?(?<name>\w+)",
        RegexOptions.CultureInvariant)]
    private static partial Regex FuncPattern();

    [GeneratedRegex(@"^\s*create\s+(unique\s+)?(?<kind>table|view|index|trigger|function)\s+(if\s+not\s+exists\s+)?(?<name>[\w.""\[\]]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SqlPattern();

    [GeneratedRegex(@"^\s*(?<kind>function\s+)?(?<name>[\w-]+)\s*\(\)", RegexOptions.CultureInvariant)]
    private static partial Regex ShellPattern();

    [GeneratedRegex(@"^(?<kind>#{1,3})\s+(?<name>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"^\s*((public|private|protected|static|abstract|final)\s+)*(?<kind>class|interface|trait|enum|function)\s+(?<name>\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex PhpPattern();
}
