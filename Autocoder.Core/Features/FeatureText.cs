using System.Text;

namespace Autocoder.Core.Features;

/// <summary>Brings texts of a backlog into the form they are kept in, or says what is wrong with them.</summary>
internal static class FeatureText
{
    /// <summary>One line: every run of white space becomes one space, control characters and bidirectional controls go.</summary>
    public static string Line(string? text, string what, int maxLength)
    {
        var line = string.Join(' ', Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Check(line, what, maxLength);
    }

    /// <summary>Several lines; control characters other than line breaks and tabs go.</summary>
    public static string Block(string? text, string what, int maxLength) =>
        Check(Clean(text).Trim(), what, maxLength);

    private static string Clean(string? text)
    {
        var clean = new StringBuilder(text?.Length ?? 0);
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (!IsInvisible(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    // Bidirectional controls can make a name read as another one.
    private static bool IsInvisible(Rune rune) => rune.Value switch
    {
        '\n' or '\t' => false,
        (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C => true,
        _ => Rune.IsControl(rune),
    };

    private static string Check(string text, string what, int maxLength) => text.Length switch
    {
        0 => throw new FeatureException($"{what} is empty. Nothing was changed."),
        var length when length > maxLength => throw new FeatureException(
            $"{what} has {length} characters; at most {maxLength} are allowed. Nothing was changed."),
        _ => text,
    };
}
