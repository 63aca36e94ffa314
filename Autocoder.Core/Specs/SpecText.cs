using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Autocoder.Core.Specs;

/// <summary>Puts any text into one line, or one block, of <c>app_spec.txt</c>, and gets it back unchanged.</summary>
/// <remarks>
/// XML 1.0 has no way at all to write most control characters, and a bullet cannot hold a line break. Such characters are
/// written as <c>_x000A_</c>, the convention of Office documents; a text that looks like that already gets its first
/// underscore written so.
/// </remarks>
internal static partial class SpecText
{
    /// <summary>Whether it looks like <c>F-03</c>.</summary>
    public static bool IsFeatureId(string? id) => id is not null && FeatureId().IsMatch(id);

    /// <summary>For a bullet or an attribute.</summary>
    /// <param name="separators">Characters that mean something where the text goes.</param>
    public static string EncodeLine(string text, string separators = "") => Encode(text, separators, keepLines: false);

    /// <summary>For the content of an element that may have several lines.</summary>
    public static string EncodeBlock(string text) => Encode(text, "", keepLines: true);

    /// <summary>The text as it was.</summary>
    public static string Decode(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escaped().Replace(text, match => ((char)ushort.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    private static string Encode(string text, string separators, bool keepLines)
    {
        StringBuilder? result = null;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            var isPair = index + 1 < text.Length && char.IsSurrogatePair(character, text[index + 1]);
            if (isPair)
            {
                result?.Append(character).Append(text[++index]);
                index += result is null ? 1 : 0;
                continue;
            }

            var isEdge = index == 0 || index == text.Length - 1;
            if (!MustEncode(text, index, isEdge, keepLines) && !separators.Contains(character))
            {
                result?.Append(character);
                continue;
            }

            result ??= new StringBuilder(text.Length + 16).Append(text, 0, index);
            result.Append(CultureInfo.InvariantCulture, $"_x{(int)character:X4}_");
        }

        return result?.ToString() ?? text;
    }

    private static bool MustEncode(string text, int index, bool isEdge, bool keepLines)
    {
        var character = text[index];
        if (character is '\n' or '\t')
        {
            return !keepLines || isEdge;
        }

        return character == '_' ? Escaped().IsMatch(text.AsSpan(index, Math.Min(7, text.Length - index)))
            : char.IsControl(character) || character is '\u2028' or '\u2029' || !XmlConvert.IsXmlChar(character)
                || (isEdge && char.IsWhiteSpace(character));
    }

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"^F-[0-9]{2,6}\z")]
    private static partial Regex FeatureId();
}
