using System.Text.RegularExpressions;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Puts text from files into an answer so that it stays text, whatever it contains.</summary>
internal static partial class Markdown
{
    private const int LongestLine = 160;

    /// <summary>A code span of one line, shortened, with enough back-ticks around it.</summary>
    public static string Span(string text)
    {
        var line = Shorten(text.Trim());
        var ticks = new string('`', LongestRun(line) + 1);
        var pad = line.StartsWith('`') || line.EndsWith('`') ? " " : "";
        return line.Length == 0 ? "" : $"{ticks}{pad}{line}{pad}{ticks}";
    }

    /// <summary>A fenced block with a fence that its text cannot end.</summary>
    public static string Block(string path, IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines.Select(line => Shorten(line)));
        var fence = new string('`', Math.Max(3, LongestRun(text) + 1));
        return $"{fence}{Language(path)}\n{text}\n{fence}";
    }

    /// <summary>Words from a file as part of a sentence: one line, with what Markdown would act on made harmless.</summary>
    public static string Plain(string text) =>
        SpecialPattern().Replace(Shorten(WhiteSpacePattern().Replace(text, " ").Trim(), 400), @"\$0");

    public static string Shorten(string text) => Shorten(text, LongestLine);

    /// <summary>1 file, 2 files.</summary>
    public static string Count(int number, string noun, string? plural = null) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? noun : plural ?? noun + "s")}");

    private static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }

    private static int LongestRun(string text) => TicksPattern().Matches(text).Select(match => match.Length).DefaultIfEmpty(0).Max();

    private static string Language(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".cs" => "csharp",
        ".js" or ".mjs" or ".cjs" or ".jsx" => "javascript",
        ".ts" or ".tsx" => "typescript",
        ".py" => "python",
        ".go" => "go",
        ".rs" => "rust",
        ".java" => "java",
        ".html" or ".razor" => "html",
        ".css" => "css",
        ".json" => "json",
        ".xml" or ".csproj" => "xml",
        ".yml" or ".yaml" => "yaml",
        ".sh" => "bash",
        ".sql" => "sql",
        _ => "",
    };

    [GeneratedRegex("`+")]
    private static partial Regex TicksPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpacePattern();

    [GeneratedRegex(@"[\\`*_\[\]<>#|~]")]
    private static partial Regex SpecialPattern();
}
