using System.Globalization;
using System.Text;
using Autocoder.Core.Assistant;

namespace Autocoder.Web.Rendering;

/// <summary>Writes the places a text cites as links that say whether the place is still there, with the lines to look at beside.</summary>
/// <remarks>Only what was looked up becomes a link; every string in it is written as text, also the address.</remarks>
public sealed class CitationLinks
{
    /// <summary>The most lines that are shown beside a link.</summary>
    public const int MostLines = 12;

    private const int LongestLine = 160;

    private readonly Dictionary<string, CheckedCitation> _places;
    private readonly Func<string, int, int, string> _address;
    private readonly string _idPrefix;
    private int _written;

    /// <summary>Prepares the links of one text.</summary>
    /// <param name="places">What was looked up.</param>
    /// <param name="address">Gives the address of lines of a file.</param>
    /// <param name="idPrefix">Begins the ids of the elements; unique on the page.</param>
    public CitationLinks(IEnumerable<CheckedCitation> places, Func<string, int, int, string> address, string idPrefix)
    {
        _places = places.DistinctBy(place => place.Citation.ToString()).ToDictionary(place => place.Citation.ToString(), StringComparer.Ordinal);
        _address = address;
        _idPrefix = idPrefix;
    }

    /// <summary>What became of a cited place, in a few words; empty when it is as it was.</summary>
    public static string Say(CheckedCitation place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.Status switch
        {
            CitationStatus.Exists => "",
            CitationStatus.Moved => string.Create(CultureInfo.InvariantCulture, $"moved to line {place.NowAt}"),
            CitationStatus.Changed => "changed since",
            CitationStatus.BeyondEnd => "the file is shorter now",
            CitationStatus.Secret => "not shown: it may hold passwords or keys",
            _ => "this file is gone",
        };
    }

    /// <summary>Writes the whole of a code span when it is one of the places.</summary>
    internal bool TryWrite(StringBuilder html, string text)
    {
        if (!_places.TryGetValue(text, out var place))
        {
            return false;
        }

        Write(html, place);
        return true;
    }

    /// <summary>Writes plain text, with the places in it as links.</summary>
    internal void WriteText(StringBuilder html, string text)
    {
        var from = 0;
        foreach (var citation in CitationParser.Parse(text))
        {
            if (_places.TryGetValue(citation.ToString(), out var place))
            {
                VisibleText.Write(html, text.AsSpan(from, citation.Start - from));
                Write(html, place);
                from = citation.Start + citation.Length;
            }
        }

        VisibleText.Write(html, text.AsSpan(from));
    }

    private void Write(StringBuilder html, CheckedCitation place)
    {
        var said = Say(place);
        html.Append("<cite-peek class=\"cite ").Append(place.Status.ToString().ToLowerInvariant()).Append("\">");
        if (place.Status is CitationStatus.Gone or CitationStatus.Secret)
        {
            html.Append("<code>");
            VisibleText.Write(html, place.Citation.ToString());
            html.Append("</code>");
        }
        else
        {
            WriteLink(html, place);
        }

        html.Append(said.Length == 0
            ? "<span class=\"cite-sign\" role=\"img\" aria-label=\"found in the file\">✓</span>"
            : $"<span class=\"cite-sign\">{said}</span>");
        html.Append("</cite-peek>");
    }

    private void WriteLink(StringBuilder html, CheckedCitation place)
    {
        var first = place.NowAt ?? place.Citation.FirstLine;
        html.Append("<a href=\"");
        VisibleText.Write(html, _address(place.Citation.Path, first, first + place.Citation.LastLine - place.Citation.FirstLine));
        if (place.Lines.Count == 0)
        {
            html.Append("\"><code>");
        }
        else
        {
            html.Append(CultureInfo.InvariantCulture, $"\" aria-describedby=\"{_idPrefix}-{++_written}\"><code>");
        }

        VisibleText.Write(html, place.Citation.ToString());
        html.Append("</code></a>");
        if (place.Lines.Count > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<span class=\"peek\" role=\"tooltip\" popover=\"manual\" id=\"{_idPrefix}-{_written}\"><code>");
            WriteLines(html, place.Lines, first);
            html.Append("</code></span>");
        }
    }

    private static void WriteLines(StringBuilder html, IReadOnlyList<string> lines, int first)
    {
        for (var index = 0; index < Math.Min(lines.Count, MostLines); index++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<span class=\"peek-number\">{first + index}</span>");
            VisibleText.Write(html, Short(lines[index]));
            html.Append('\n');
        }

        if (lines.Count > MostLines)
        {
            html.Append(CultureInfo.InvariantCulture, $"… and {Words.Count(lines.Count - MostLines, "more line", "more lines")}\n");
        }
    }

    private static string Short(string line)
    {
        if (line.Length <= LongestLine)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[LongestLine - 1]) ? LongestLine - 1 : LongestLine;
        return line[..end] + "…";
    }
}
