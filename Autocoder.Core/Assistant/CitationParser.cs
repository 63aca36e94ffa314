using System.Globalization;
using System.Text.RegularExpressions;

namespace Autocoder.Core.Assistant;

/// <summary>Finds the citations in a Markdown text.</summary>
/// <remarks>
/// In back-ticks a path may have spaces: <c>`my docs/a b.md:3`</c>. In plain text it ends at the first space and needs a
/// file extension. A name with neither <c>/</c> nor <c>.</c> counts in back-ticks only, and only with a capital first letter:
/// <c>`Dockerfile:3`</c> is a place, <c>`localhost:5000`</c> and <c>`python:3`</c> are not. Fenced code blocks are skipped.
/// </remarks>
public static partial class CitationParser
{
    private const int LongestPath = 1024;

    /// <summary>The citations in the order of the text.</summary>
    public static IReadOnlyList<Citation> Parse(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var citations = new List<Citation>();
        foreach (var (start, line) in LinesOutsideFences(markdown))
        {
            foreach (Match match in CandidatePattern().Matches(line))
            {
                if (Read(match, start) is { } citation)
                {
                    citations.Add(citation);
                }
            }
        }

        return citations;
    }

    private static IEnumerable<(int Start, string Line)> LinesOutsideFences(string markdown)
    {
        string? fence = null;
        for (var start = 0; start < markdown.Length;)
        {
            var end = markdown.IndexOf('\n', start);
            end = end < 0 ? markdown.Length : end;
            var line = markdown[start..end];
            var mark = FencePattern().Match(line).Groups["mark"].Value;
            if (fence is null)
            {
                fence = mark.Length > 0 ? mark : null;
                if (fence is null)
                {
                    yield return (start, line);
                }
            }
            else if (mark.StartsWith(fence, StringComparison.Ordinal))
            {
                fence = null;
            }

            start = end + 1;
        }
    }

    private static Citation? Read(Match match, int lineStart)
    {
        var inTicks = match.Groups["ticked"].Success;
        var place = match.Groups[inTicks ? "ticked" : "plain"];
        var parts = PlacePattern().Match(place.Value);
        if (!parts.Success || !IsPath(parts.Groups["path"].Value, inTicks))
        {
            return null;
        }

        var first = Line(parts.Groups["first"]);
        var last = parts.Groups["last"].Success ? Line(parts.Groups["last"]) : first;
        return first < 1 || last < first
            ? null
            : new Citation(parts.Groups["path"].Value, first, last, lineStart + place.Index, place.Length);
    }

    private static bool IsPath(string path, bool inTicks)
    {
        if (path.Length > LongestPath || path.Contains("://", StringComparison.Ordinal) || !path.Any(char.IsLetter))
        {
            return false;
        }

        var name = path[(path.LastIndexOf('/') + 1)..];
        var hasExtension = name.IndexOf('.', StringComparison.Ordinal) is var dot && dot >= 0 && dot < name.Length - 1;
        return hasExtension || (inTicks && name.Length > 0 && (path.Contains('/', StringComparison.Ordinal) || char.IsUpper(name[0])));
    }

    private static int Line(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    // Either a whole code span, or a run of path characters that no URL and no longer word leads into.
    [GeneratedRegex(
        @"(?<ticks>`+)(?<ticked>[^`]+)\k<ticks>(?!`)|(?<![\w/:.@-])(?<plain>[\w.@][\w./@+-]*:\d{1,9}(-\d{1,9})?)(?![\w:/]|\.\d)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CandidatePattern();

    [GeneratedRegex(@"\A(?<path>[^`:<>|""*?\\]+):(?<first>\d{1,9})(-(?<last>\d{1,9}))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PlacePattern();

    [GeneratedRegex(@"\A {0,3}(?<mark>`{3,}|~{3,})", RegexOptions.CultureInvariant)]
    private static partial Regex FencePattern();
}
