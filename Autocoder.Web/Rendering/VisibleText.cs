using System.Globalization;
using System.Text;

namespace Autocoder.Web.Rendering;

/// <summary>Text from a model, a file or a person as HTML in which nothing can hide.</summary>
/// <remarks>
/// Characters that are not seen but change what is seen (control, bidirectional, zero-width, tag characters) become small
/// labels such as <c>U+202E</c>: a file name or a command must look like what it is.
/// </remarks>
public static class VisibleText
{
    /// <summary>Encodes text for element content or an attribute in double quotes. Never returns markup but the labels.</summary>
    public static string ToHtml(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().IndexOfAnyExcept(Harmless) < 0)
        {
            return text;
        }

        var html = new StringBuilder(text.Length + 16);
        Write(html, text);
        return html.ToString();
    }

    /// <summary>The same with the labels as plain text, for titles and attributes.</summary>
    public static string ToPlain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder? plain = null;
        for (var at = 0; at < text.Length; at++)
        {
            if (IsHidden(text, at, out var length))
            {
                plain ??= new StringBuilder(text, 0, at, text.Length + 16);
                plain.Append('[').Append(Name(text, at, length)).Append(']');
                at += length - 1;
            }
            else
            {
                plain?.Append(text[at]);
            }
        }

        return plain?.ToString() ?? text;
    }

    internal static void Write(StringBuilder html, ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var next = text[at];
            switch (next)
            {
                case '<':
                    html.Append("&lt;");
                    break;
                case '>':
                    html.Append("&gt;");
                    break;
                case '&':
                    html.Append("&amp;");
                    break;
                case '"':
                    html.Append("&quot;");
                    break;
                case '\'':
                    html.Append("&#39;");
                    break;
                default:
                    if (IsHidden(text, at, out var length))
                    {
                        html.Append("<span class=\"hidden-char\">").Append(Name(text, at, length)).Append("</span>");
                        at += length - 1;
                    }
                    else
                    {
                        html.Append(next);
                    }

                    break;
            }
        }
    }

    /// <summary>Whether a character is one of those that are shown by name.</summary>
    internal static bool IsHidden(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        var next = text[at];
        if (next < 0x7f)
        {
            return next < ' ' && next is not ('\t' or '\n' or '\r');
        }

        if (char.IsSurrogate(next))
        {
            if (char.IsLowSurrogate(next))
            {
                return at == 0 || !char.IsHighSurrogate(text[at - 1]);
            }

            if (at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1]))
            {
                return true;
            }

            // Tag characters spell invisible words.
            var isTag = char.ConvertToUtf32(next, text[at + 1]) is >= 0xE0000 and <= 0xE0FFF;
            length = isTag ? 2 : 1;
            return isTag;
        }

        return next switch
        {
            <= '\u009f' or '\u00ad' or '\u061c' or '\u115f' or '\u1160' or '\u180e' or '\u3164' or '\ufeff' or '\uffa0' => true,

            // Joiners belong between the parts of an emoji and between letters of scripts that join; nowhere else.
            '\u200c' or '\u200d' => !JoinsScript(text, at),
            '\u200b' or '\u200e' or '\u200f' => true,
            >= '\u2028' and <= '\u202e' => true,
            >= '\u2060' and <= '\u206f' => true,
            >= '\ufff9' and <= '\ufffb' => true,
            _ => false,
        };
    }

    private static readonly System.Buffers.SearchValues<char> Harmless = System.Buffers.SearchValues.Create(
        "\t\n\r !#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~–—…·“”‘’→✓✗äöüßéèàçñ");

    private static bool JoinsScript(ReadOnlySpan<char> text, int at) =>
        at > 0 && at + 1 < text.Length && text[at - 1] >= '\u0600' && text[at + 1] >= '\u0600'
        && text[at + 1] is not ('\u200c' or '\u200d') && text[at - 1] is not ('\u200c' or '\u200d');

    private static string Name(ReadOnlySpan<char> text, int at, int length)
    {
        var code = length == 2 ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
        return string.Create(CultureInfo.InvariantCulture, $"U+{code:X4}");
    }
}
