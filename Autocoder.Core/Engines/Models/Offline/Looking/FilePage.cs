using System.Globalization;
using System.Text.RegularExpressions;

namespace Autocoder.Core.Engines.Models.Offline.Looking;

/// <summary>What <c>Read</c> says of a file, with the numbers it puts before the lines taken off again.</summary>
/// <remarks>
/// <code>
///      1→using System;
///      2→
/// [Lines 1 to 2 of 40. Read on with offset 3.]
/// </code>
/// </remarks>
internal sealed partial record FilePage(IReadOnlyList<FoundLine> Lines, int TotalLines, int? NextOffset)
{
    /// <summary>The longest line that <c>Read</c> shows whole; a longer one ends in an ellipsis there.</summary>
    public const int LongestLine = 2000;

    /// <summary>The text of the lines, as it is in the file.</summary>
    public string Text => string.Join('\n', Lines.Select(line => line.Text));

    /// <summary>The first line that was too long to be shown whole; null for none.</summary>
    public FoundLine? FirstCutLine => Lines.FirstOrDefault(line => line.Text.Length >= LongestLine - 1 && line.Text[^1] == '…');

    /// <summary>Whether this is an answer about a file, and not the list of a folder.</summary>
    public static bool TryParse(string path, string output, out FilePage page)
    {
        var lines = new List<FoundLine>();
        int? next = null;
        var total = 0;
        foreach (var line in output.Split('\n'))
        {
            if (LinePattern().Match(line) is { Success: true } numbered)
            {
                lines.Add(new FoundLine(path, Number(numbered.Groups["number"]), numbered.Groups["text"].Value));
            }
            else if (MorePattern().Match(line) is { Success: true } more)
            {
                (total, next) = (Number(more.Groups["total"]), Number(more.Groups["next"]));
            }
        }

        page = new FilePage(lines, next is null ? lines.LastOrDefault()?.Number ?? 0 : total, next);
        return lines.Count > 0 || output.StartsWith("[The file is empty", StringComparison.Ordinal);
    }

    /// <summary>This page and the one after it as one.</summary>
    public FilePage With(FilePage next) => next with { Lines = [.. Lines, .. next.Lines] };

    private static int Number(Group digits) =>
        int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\A *(?<number>\d+)→(?<text>.*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"\A\[Lines \d+ to \d+ of (?<total>\d+)\. Read on with offset (?<next>\d+)\.\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex MorePattern();
}
