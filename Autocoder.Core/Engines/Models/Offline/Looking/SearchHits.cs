using System.Globalization;
using System.Text.RegularExpressions;

namespace Autocoder.Core.Engines.Models.Offline.Looking;

/// <summary>What <c>Grep</c> says: <c>path:line: text</c> for each match, and lines in brackets about the search itself.</summary>
internal sealed partial record SearchHits(IReadOnlyList<FoundLine> Lines, bool HasMore)
{
    public static SearchHits Parse(string output)
    {
        var found = new List<FoundLine>();
        var hasMore = false;
        foreach (var line in output.Split('\n'))
        {
            if (HitPattern().Match(line) is { Success: true } hit
                && int.TryParse(hit.Groups["line"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                found.Add(new FoundLine(hit.Groups["path"].Value, number, hit.Groups["text"].Value));
            }
            else
            {
                hasMore |= line.StartsWith("[The first", StringComparison.Ordinal)
                    || line.StartsWith("[The output is full", StringComparison.Ordinal)
                    || line.StartsWith("[Stopped", StringComparison.Ordinal);
            }
        }

        return new SearchHits(found, hasMore);
    }

    [GeneratedRegex(@"\A(?<path>[^\[].*?):(?<line>\d+): (?<text>.*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex HitPattern();
}
