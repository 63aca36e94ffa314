using System.Globalization;

namespace Autocoder.Core.Runs.Context;

/// <summary>Makes texts shorter so that they fit together, the longest first. Pure.</summary>
internal static class TextShortening
{
    private const int MarkLength = 40;

    /// <summary>The length to which texts must be cut so that together they have at most so many characters.</summary>
    public static long LongestFor(IReadOnlyList<int> lengths, long characters)
    {
        var (left, waiting) = (Math.Max(0, characters), lengths.Count);
        foreach (var length in lengths.Order())
        {
            if (length > left / waiting)
            {
                return left / waiting;
            }

            left -= length;
            waiting--;
        }

        return int.MaxValue;
    }

    /// <summary>The beginning and the end of a text, with a mark between them that says how much is gone.</summary>
    public static string Shorten(string text, long longest)
    {
        if (text.Length <= Math.Max(longest, MarkLength))
        {
            return text;
        }

        var kept = (int)Math.Max(0, longest - MarkLength);
        var head = WholeCharacters(text, kept - (kept / 4));
        var tail = WholeCharacters(text, text.Length - (kept / 4));
        return string.Create(CultureInfo.InvariantCulture, $"{text[..head]} [… {tail - head:N0} characters left out …] {text[tail..]}");
    }

    // Never through the middle of a surrogate pair.
    private static int WholeCharacters(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]) ? index - 1 : index;
}
