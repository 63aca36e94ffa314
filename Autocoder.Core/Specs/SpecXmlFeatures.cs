using System.Globalization;
using System.Text.RegularExpressions;

namespace Autocoder.Core.Specs;

/// <summary>Reads the bullets of <c>core_features</c>; one without an id gets the next free one.</summary>
internal sealed partial class SpecXmlFeatures(IEnumerable<string> allLines, SpecXmlDetails details)
{
    private int _last = allLines
        .Select(line => Marked().Match(line))
        .Where(match => match.Success)
        .Select(match => int.Parse(match.Groups[1].Value[2..], CultureInfo.InvariantCulture))
        .DefaultIfEmpty(0)
        .Max();

    public SpecFeature Read(string line)
    {
        var match = Marked().Match(line);
        if (!match.Success)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"F-{++_last:00}");
            return new SpecFeature(id, SpecText.Decode(line), "", [], [], SpecOrigin.File);
        }

        var rest = line[match.Length..];
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? rest : rest[..colon];
        var behaviour = colon < 0 ? "" : rest[(colon + 1)..];
        var entry = details.Take(match.Groups[1].Value);
        return new SpecFeature(
            match.Groups[1].Value,
            SpecText.Decode(name.Trim()),
            SpecText.Decode(behaviour.Trim()),
            entry.Steps,
            entry.DependsOn,
            entry.Origin);
    }

    // [F-03] Create a list: A person …
    [GeneratedRegex(@"^\[(F-[0-9]{2,6})\]\s*")]
    private static partial Regex Marked();
}
