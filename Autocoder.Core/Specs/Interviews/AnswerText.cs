using System.Text;

namespace Autocoder.Core.Specs.Interviews;

/// <summary>Makes what a person wrote fit to be kept and shown.</summary>
internal static class AnswerText
{
    /// <summary>The most characters that are kept of one answer.</summary>
    public const int Longest = 8_000;

    /// <summary>Takes out what cannot be seen, and cuts what is too long.</summary>
    /// <remarks>
    /// Control characters and the marks that turn the direction of all that follows go: they could make a specification read
    /// differently from what it says. Direction marks that Hebrew and Arabic need (U+200E, U+200F) stay.
    /// </remarks>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in Head(text).EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t')
            {
                clean.Append(rune.Value == '\n' ? '\n' : ' ');
            }
            else if (!Rune.IsControl(rune) && rune.Value is not (0x2028 or 0x2029 or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF or 0xFFFD))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary>Whether <see cref="Clean"/> cuts it.</summary>
    public static bool IsCut(string? text) => text is not null && text.Trim().Length > Longest;

    /// <summary>The cleaned text in one line.</summary>
    public static string OneLine(string? text) =>
        string.Join(' ', Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The lines of a list: one per line, bullets and numbers taken off; without breaks, separated by semicolons.</summary>
    public static IReadOnlyList<string> Lines(string? text)
    {
        var clean = Clean(text);
        var separator = clean.Contains('\n', StringComparison.Ordinal) ? '\n' : ';';
        return [.. clean.Split(separator)
            .Select(line => line.Trim().TrimStart('-', '*', '•', '·', ' ').TrimEnd('.', ',', ' '))
            .Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"^[0-9]{1,2}[.)]\s+", ""))
            .Where(line => line.Any(char.IsLetterOrDigit))
            .Select(line => Shorten(line, 300))
            .Take(40)];
    }

    /// <summary>At most so many characters, with an ellipsis, never half of a character.</summary>
    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end].TrimEnd() + "…";
    }

    private static string Head(string text)
    {
        text = text.Trim().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (text.Length <= Longest)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
    }
}
