namespace Autocoder.Core.Specs.Composing;

/// <summary>Puts words together as English does.</summary>
internal static class Sentence
{
    /// <summary><c>a, b and c</c>.</summary>
    public static string Join(IEnumerable<string> words, string last = "and")
    {
        var all = words.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} {last} {all[^1]}";
    }

    /// <summary><c>1 feature</c>, <c>2 features</c>.</summary>
    public static string Count(int number, string singular, string? plural = null) =>
        FormattableString.Invariant($"{number} {(number == 1 ? singular : plural ?? singular + "s")}");
}
