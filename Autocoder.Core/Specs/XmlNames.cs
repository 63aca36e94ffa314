using System.Text;
using System.Xml;

namespace Autocoder.Core.Specs;

/// <summary>Makes XML element names of what people call things.</summary>
internal static class XmlNames
{
    /// <summary>A valid name, the same for the same text: <c>Shopping lists</c> gives <c>shopping_lists</c>, <c>2nd</c> gives <c>n_2nd</c>.</summary>
    public static string From(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        const int Longest = 64;
        var name = new StringBuilder();
        foreach (var rune in text.Trim().EnumerateRunes())
        {
            var keep = rune.IsBmp && XmlConvert.IsNCNameChar((char)rune.Value) && (Rune.IsLetterOrDigit(rune) || rune.Value == '-');
            if (keep)
            {
                name.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }

            if (name.Length >= Longest)
            {
                break;
            }
        }

        var plain = name.ToString().TrimEnd('_');
        return plain.Length == 0 ? "n_"
            : XmlConvert.IsStartNCNameChar(plain[0]) && !IsReserved(plain) ? plain
            : "n_" + plain;
    }

    // Text that is a fine name as it stands keeps its form, so that files of other tools come back as they were.
    private static bool IsPlain(string text)
    {
        if (text.Length is 0 or > 64 || IsReserved(text) || !XmlConvert.IsStartNCNameChar(text[0]))
        {
            return false;
        }

        return text.All(character => XmlConvert.IsNCNameChar(character) && !char.IsSurrogate(character))
            && !text.Contains("_x", StringComparison.Ordinal);
    }

    private static bool IsReserved(string name) => name.StartsWith("xml", StringComparison.OrdinalIgnoreCase);
}
