using System.Globalization;
using System.Text;

namespace Autocoder.Web.Rendering;

/// <summary>The part of a file that is on the page.</summary>
/// <param name="First">Its first line, from 1.</param>
/// <param name="Lines">Its lines.</param>
public sealed record FileWindow(int First, IReadOnlyList<string> Lines)
{
    private const int MostLines = 1000;
    private const int MostCharacters = 300_000;
    private const int LongestLine = 4000;

    /// <summary>Of an empty file.</summary>
    public static FileWindow Empty { get; } = new(1, []);

    /// <summary>Its last line; 0 when there is none.</summary>
    public int Last => First + Lines.Count - 1;

    /// <summary>The part around a line, with more after it than before.</summary>
    public static FileWindow Around(IReadOnlyList<string> lines, int line)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var middle = Math.Clamp(line, 1, Math.Max(lines.Count, 1)) - 1;
        var (first, end, room) = (middle, middle, MostCharacters);
        while (end < lines.Count && end - middle < MostLines * 2 / 3 && (end == middle || room > 0))
        {
            room -= Math.Min(lines[end++].Length, LongestLine);
        }

        while (first > 0 && end - first < MostLines && room > 0)
        {
            room -= Math.Min(lines[--first].Length, LongestLine);
        }

        while (end < lines.Count && end - first < MostLines && room > 0)
        {
            room -= Math.Min(lines[end++].Length, LongestLine);
        }

        return new FileWindow(first + 1, [.. lines.Skip(first).Take(end - first)]);
    }

    /// <summary>The id of a line's element.</summary>
    public static string IdOf(int line) => string.Create(CultureInfo.InvariantCulture, $"L{line}");

    /// <summary>The lines as HTML, in which nothing is markup but what is added here.</summary>
    /// <param name="from">The first line to mark as the one the address names; less than 1 for none.</param>
    /// <param name="to">The last of them; less than <paramref name="from"/> for that one only.</param>
    /// <param name="words">What is looked for; empty for nothing.</param>
    /// <param name="current">The line of the match one is at.</param>
    public string ToHtml(int from, int to, string words, int? current)
    {
        var html = new StringBuilder();
        for (var index = 0; index < Lines.Count; index++)
        {
            var number = First + index;
            var isHere = from > 0 && number >= from && number <= Math.Max(from, to);
            html.Append(CultureInfo.InvariantCulture, $"<span class=\"line{(isHere ? " here" : "")}{(number == current ? " current" : "")}\" id=\"{IdOf(number)}\" data-number=\"{number}\">");
            Write(html, Lines[index], words);
            html.Append("</span>");
        }

        return html.ToString();
    }

    private static void Write(StringBuilder html, string line, string words)
    {
        var end = line.Length <= LongestLine ? line.Length : char.IsHighSurrogate(line[LongestLine - 1]) ? LongestLine - 1 : LongestLine;
        var at = 0;
        while (words.Length > 0 && line.IndexOf(words, at, end - at, StringComparison.OrdinalIgnoreCase) is var hit and >= 0)
        {
            VisibleText.Write(html, line.AsSpan(at, hit - at));
            html.Append("<mark>");
            VisibleText.Write(html, line.AsSpan(hit, words.Length));
            html.Append("</mark>");
            at = hit + words.Length;
        }

        VisibleText.Write(html, line.AsSpan(at, end - at));
        if (end < line.Length)
        {
            html.Append("<span class=\"cut\"> … ").Append(Words.Count(line.Length - end, "more character")).Append("</span>");
        }
    }
}
