using System.Globalization;
using System.Text;

namespace Autocoder.Core.Attachments;

/// <summary>Makes a name that can be shown out of whatever a browser, or something that pretends to be one, calls a file.</summary>
internal static class AttachmentName
{
    private const string Fallback = "file";

    public static string Clean(string? name)
    {
        var text = new StringBuilder();

        // Both separators on every system: the browser may run on another one than we do.
        foreach (var rune in (name ?? "").Split('/', '\\')[^1].EnumerateRunes())
        {
            if (IsVisible(rune))
            {
                text.Append(rune);
            }
        }

        // A name of dots alone would mean a folder, and Windows drops dots and spaces at the end.
        var cleaned = text.ToString().Trim().TrimEnd('.', ' ');
        return Shorten(cleaned) is { Length: > 0 } shortened ? shortened : Fallback;
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or
        UnicodeCategory.Format or // direction marks, zero width characters, tags
        UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator or
        UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned)
        && rune != Rune.ReplacementChar;

    private static string Shorten(string name)
    {
        if (name.Length <= AttachmentLimits.NameLength)
        {
            return name;
        }

        // The end says what it is.
        const int LongestEnd = 16;
        var end = Path.GetExtension(name);
        end = end.Length <= LongestEnd ? end : "";
        var length = AttachmentLimits.NameLength - end.Length;
        return name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)] + end;
    }
}
