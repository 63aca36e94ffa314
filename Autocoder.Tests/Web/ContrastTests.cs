using System.Globalization;
using System.Text.RegularExpressions;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Web;

/// <summary>The colours of the high contrast theme, as its style sheet has them.</summary>
public sealed partial class ContrastTests
{
    private const double Enhanced = 7;
    private static readonly string[] Texts = ["text", "text-2", "accent", "ok", "warn", "bad", "info"];
    private static readonly string[] Grounds = ["bg", "surface", "surface-2", "surface-3", "accent-soft", "ok-soft", "warn-soft", "bad-soft", "info-soft"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_text_stands_out_from_every_ground_by_seven_to_one(bool isDark)
    {
        var colours = Read(isDark);

        var weak =
            from text in Texts
            from ground in Grounds
            let ratio = Ratio(colours[text], colours[ground])
            where ratio < Enhanced
            select string.Create(CultureInfo.InvariantCulture, $"{text} on {ground}: {ratio:0.0}");
        Assert.Empty(weak);
        Assert.True(Ratio(colours["on-accent"], colours["accent"]) >= Enhanced);
        Assert.All(new[] { "bg", "surface" }, ground => Assert.True(Ratio(colours["line"], colours[ground]) >= 4.5));
    }

    private static Dictionary<string, string> Read(bool isDark) => Token()
        .Matches(File.ReadAllText(Repository.PathOf("Autocoder.Web", "wwwroot", "contrast.css")))
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups[isDark ? "dark" : "light"].Value);

    // https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    private static double Ratio(string one, string other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    [GeneratedRegex(@"--(?<name>[\w-]+): light-dark\(#(?<light>[0-9a-f]{6}), #(?<dark>[0-9a-f]{6})\)")]
    private static partial Regex Token();
}
