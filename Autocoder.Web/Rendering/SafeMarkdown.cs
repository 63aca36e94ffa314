using System.Text;
using Markdig.Syntax;

namespace Autocoder.Web.Rendering;

/// <summary>Turns Markdown that nobody vouches for into HTML that can do nothing but be read.</summary>
/// <remarks>
/// The tree is written by <see cref="MarkdownWriter"/>, which knows a fixed list of elements. No raw HTML, no pictures, no
/// classes or ids from the text, and links only to http, https and mailto. Text that cannot be parsed is shown as it is.
/// </remarks>
public static class SafeMarkdown
{
    /// <summary>Longer texts are shown without formatting. In UTF-16 units.</summary>
    public const int LongestText = 2_000_000;

    /// <summary>Never throws for any text.</summary>
    public static string ToHtml(string markdown) => ToHtml(markdown, citations: null);

    /// <summary>The same, with the places of the project that the text cites as links. Never throws for any text.</summary>
    public static string ToHtml(string markdown, CitationLinks? citations)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var text = MarkdownSyntax.Normalize(markdown);
        if (TryParse(text) is not { } document)
        {
            return Plain(text);
        }

        var html = new StringBuilder(text.Length + (text.Length / 4));
        foreach (var block in document)
        {
            html.Append(ToHtml(block, text, citations));
        }

        return html.ToString();
    }

    /// <summary>Null when the text cannot be parsed or should not be.</summary>
    internal static MarkdownDocument? TryParse(string text)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        try
        {
            return MarkdownSyntax.Parse(text);
        }
        catch (Exception)
        {
            // Markdig refuses deep nesting with an exception, and an exception here would end the page.
            return null;
        }
    }

    internal static string ToHtml(Block block, string text, CitationLinks? citations = null)
    {
        try
        {
            var html = new StringBuilder();
            new MarkdownWriter(html, citations).Write(block);
            return html.ToString();
        }
        catch (Exception)
        {
            var (start, end) = (Math.Max(block.Span.Start, 0), Math.Min(block.Span.End, text.Length - 1));
            return Plain(start <= end ? text[start..(end + 1)] : text);
        }
    }

    internal static string ItemToHtml(ListItemBlock item, string text)
    {
        try
        {
            var html = new StringBuilder();
            new MarkdownWriter(html).WriteItem(item);
            return html.ToString();
        }
        catch (Exception)
        {
            return $"<li>{Plain(text[item.Span.Start..Math.Min(item.Span.End + 1, text.Length)])}</li>";
        }
    }

    internal static string Plain(string text) => text.Length == 0 ? "" : $"<p class=\"plain\">{VisibleText.ToHtml(text)}</p>";
}
