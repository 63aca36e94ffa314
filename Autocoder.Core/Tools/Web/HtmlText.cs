using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Autocoder.Core.Tools.Web;

/// <summary>Makes readable text of HTML: headings, lists, tables, code and where links lead. Pure.</summary>
/// <remarks>
/// It goes over the tokens of the page and builds no tree, so that no page, however deeply nested, costs more than its length. Nothing
/// of the page is loaded or run, and what it hides from people is left out.
/// </remarks>
internal sealed class HtmlText
{
    private const int MaxLink = 300;

    private static readonly HashSet<string> Void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
    private static readonly HashSet<string> LeftOut = ["script", "style", "template", "svg", "math", "iframe", "object", "noframes", "noembed", "select", "textarea", "canvas", "audio", "video"];

    // Where HTML lets the end tag be left out, the next of the kind is the end.
    private static readonly HashSet<string> EndsWithNext = ["p", "li", "dt", "dd", "tr", "td", "th", "option"];

    private static readonly HashSet<string> Blocks =
    [
        "address", "article", "aside", "blockquote", "body", "details", "div", "dl", "fieldset", "figure", "footer", "form", "header", "main", "nav", "ol",
        "p", "section", "summary", "table", "title", "ul",
    ];

    private readonly Uri _address;
    private readonly ReadableText _text = new();
    private string? _leftOut;
    private int _leftOutDepth;
    private string? _link;

    private HtmlText(Uri address) => _address = address;

    /// <param name="address">Where it comes from, for links that are relative to it.</param>
    public static string Of(string html, Uri address)
    {
        var page = new HtmlText(address);
        using var source = new TextSource(html);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        for (var token = tokens.Get(); token.Type is not HtmlTokenType.EndOfFile; token = tokens.Get())
        {
            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    tokens.State = ModeOf(token.Name);
                    page.Open(token.AsTag());
                    break;
                case HtmlTokenType.EndTag:
                    page.Close(token.Name);
                    break;
                case HtmlTokenType.Character when page._leftOut is null:
                    page._text.Add(token.Data);
                    break;
            }
        }

        return page._text.ToString();
    }

    // What the parser would tell its tokenizer: the content of these is no markup.
    private static HtmlParseMode ModeOf(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "iframe" or "noembed" or "noframes" or "xmp" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };

    private void Open(HtmlTagToken tag)
    {
        var name = tag.Name;
        if (_leftOut is not null)
        {
            if (name == _leftOut && EndsWithNext.Contains(name))
            {
                _leftOut = null;
            }
            else
            {
                _leftOutDepth += name == _leftOut && !tag.IsSelfClosing ? 1 : 0;
                return;
            }
        }

        if (!Void.Contains(name) && !tag.IsSelfClosing && (LeftOut.Contains(name) || IsHidden(tag)))
        {
            (_leftOut, _leftOutDepth) = (name, 1);
            return;
        }

        Begin(name, tag);
    }

    private void Begin(string name, HtmlTagToken tag)
    {
        switch (name)
        {
            case "br":
                _text.Line();
                break;
            case "hr":
                _text.Paragraph("---");
                break;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                _text.Paragraph();
                _text.Add(new string('#', name[1] - '0') + " ");
                break;
            case "li" or "dt" or "dd":
                _text.Line();
                _text.Add("- ");
                break;
            case "tr":
                _text.Line();
                break;
            case "td" or "th":
                _text.Cell();
                break;
            case "pre":
                _text.BeginCode();
                break;
            case "img" when tag.GetAttribute("alt") is { Length: > 0 } words:
                _text.Add($" [image: {words}] ");
                break;
            case "a":
                EndLink();
                _link = AddressOf(tag.GetAttribute("href"));
                break;
            case var _ when Blocks.Contains(name):
                _text.Paragraph();
                break;
        }
    }

    private void Close(string name)
    {
        if (_leftOut is not null)
        {
            _leftOut = name == _leftOut && --_leftOutDepth == 0 ? null : _leftOut;
            return;
        }

        switch (name)
        {
            case "a":
                EndLink();
                break;
            case "pre":
                _text.EndCode();
                break;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
            case var _ when Blocks.Contains(name):
                _text.Paragraph();
                break;
        }
    }

    private void EndLink()
    {
        if (_link is not null)
        {
            _text.Add($" <{_link}>");
            _link = null;
        }
    }

    private static bool IsHidden(HtmlTagToken tag) =>
        tag.Attributes.Any(attribute => attribute.Name == "hidden")
        || (tag.GetAttribute("style") is { Length: > 0 } style
            && style.Replace(" ", "", StringComparison.Ordinal) is var written
            && (written.Contains("display:none", StringComparison.OrdinalIgnoreCase) || written.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase)));

    private string? AddressOf(string? href) =>
        href is { Length: > 0 } && href[0] != '#' && Uri.TryCreate(_address, href.Trim(), out var address)
        && address.Scheme is "http" or "https" && address.AbsoluteUri is { Length: <= MaxLink } whole
            ? whole
            : null;
}
