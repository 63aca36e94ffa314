using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Autocoder.Core.Tools;

/// <summary>Brings hostile text into a form that is safe to show and not too long.</summary>
internal static class ToolText
{
    private const string Cut = "…";

    /// <summary>
    /// One line of at most <paramref name="maxLength"/> characters in which nothing hides: white space becomes a space,
    /// control, bidirectional and invisible characters become <c>\u202e</c> and the like.
    /// </summary>
    public static string Line(string text, int maxLength)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length > maxLength)
            {
                break;
            }

            _ = rune.Value is '\n' or '\r' or '\t'
                ? line.Append(' ')
                : IsHidden(rune)
                    ? line.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}")
                    : line.Append(rune);
        }

        return Shorten(line.ToString(), maxLength);
    }

    /// <summary>Cuts off the end, never through the middle of a character.</summary>
    public static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = maxLength - Cut.Length;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + Cut;
    }

    /// <summary>As much of the beginning as fits into so many bytes of UTF-8.</summary>
    public static string Head(string text, int maxBytes)
    {
        Utf8.FromUtf16(text, new byte[maxBytes], out var length, out _);
        return text[..length];
    }

    /// <summary>As much of the end as fits into so many bytes of UTF-8.</summary>
    public static string Tail(string text, int maxBytes)
    {
        var start = text.Length;
        while (start > 0)
        {
            Rune.DecodeLastFromUtf16(text.AsSpan(0, start), out var rune, out var length);
            maxBytes -= rune.Utf8SequenceLength;
            if (maxBytes < 0)
            {
                break;
            }

            start -= length;
        }

        return text[start..];
    }

    /// <summary>How many lines an editor would show; none for an empty text.</summary>
    public static int CountLines(string text) =>
        text.Length == 0 ? 0 : text.AsSpan().Count('\n') + (text[^1] == '\n' ? 0 : 1);

    /// <summary>The number with its noun: <c>1 line</c>, <c>2,000 lines</c>.</summary>
    public static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : noun.EndsWith('h') || noun.EndsWith('s') ? "es" : "s")}");

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned;
}
