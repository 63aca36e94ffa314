using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Autocoder.Core.Tools.Web;

/// <summary>Makes the text of a page from its bytes. Pure.</summary>
internal static partial class WebText
{
    private const int CharsetWithin = 1_024;

    /// <summary>Whether there is text in what a server calls so.</summary>
    public static bool CanRead(string mediaType) =>
        mediaType.StartsWith("text/", StringComparison.Ordinal)
        || mediaType is "application/json" or "application/xml" or "application/xhtml+xml" or "application/javascript" or "application/x-ndjson" or "application/yaml" or "application/toml"
        || (mediaType.StartsWith("application/", StringComparison.Ordinal)
            && (mediaType.EndsWith("+json", StringComparison.Ordinal) || mediaType.EndsWith("+xml", StringComparison.Ordinal)));

    /// <summary>The text of an answer, in which nothing hides.</summary>
    public static string Of(WebAnswer answer)
    {
        var isHtml = answer.MediaType is "text/html" or "application/xhtml+xml";
        var text = Decode(answer.Body, answer.Charset, isHtml);
        return Visible(isHtml ? HtmlText.Of(text, answer.Address) : text);
    }

    /// <summary>Leaves out what a person does not see and a model reads: control, direction and tag characters.</summary>
    public static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            if (!IsHidden(rune))
            {
                visible.Append(rune);
            }
        }

        return visible.ToString();
    }

    // The joiners of scripts and emoji stay.
    private static bool IsHidden(Rune rune) => rune.Value is not ('\n' or '\t' or 0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    private static string Decode(byte[] body, string charset, bool isHtml)
    {
        using var reader = new StreamReader(new MemoryStream(body), EncodingOf(body, charset, isHtml), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static Encoding EncodingOf(byte[] body, string charset, bool isHtml)
    {
        var named = charset.Length > 0 || !isHtml
            ? charset
            : Charset().Match(Encoding.Latin1.GetString(body, 0, Math.Min(body.Length, CharsetWithin))).Groups["name"].Value;
        try
        {
            return named.Length == 0 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(named) ?? Encoding.GetEncoding(named);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }

    [GeneratedRegex("""<meta[^>]{0,200}charset\s*=\s*["']?(?<name>[A-Za-z0-9_:.-]{1,40})""", RegexOptions.IgnoreCase)]
    private static partial Regex Charset();
}
