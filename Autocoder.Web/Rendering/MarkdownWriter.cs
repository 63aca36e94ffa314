using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Autocoder.Web.Rendering;

/// <summary>Writes a syntax tree as HTML from a fixed list of elements and attributes. What is not on the list is written as text.</summary>
internal sealed class MarkdownWriter(StringBuilder html, CitationLinks? citations = null)
{
    // Deeper nesting says nothing to a reader and costs a stack frame each.
    private const int DeepestNesting = 40;

    private int _depth;
    private bool _insideLink;

    public void Write(Block block)
    {
        Enter();
        switch (block)
        {
            case ParagraphBlock paragraph:
                Element("p", paragraph);
                break;
            case HeadingBlock heading:
                // The page has its own first and second level.
                Element(string.Create(CultureInfo.InvariantCulture, $"h{Math.Min(heading.Level + 2, 6)}"), heading);
                break;
            case CodeBlock code:
                WriteCode(code);
                break;
            case ListBlock list:
                html.Append(ListOpening(list));
                foreach (var item in list)
                {
                    WriteItem((ListItemBlock)item);
                }

                html.Append(ListClosing(list.IsOrdered));
                break;
            case QuoteBlock quote:
                html.Append("<blockquote>");
                WriteAll(quote);
                html.Append("</blockquote>");
                break;
            case ThematicBreakBlock:
                html.Append("<hr>");
                break;
            case Table table:
                WriteTable(table);
                break;
            case LeafBlock leaf:
                html.Append("<p>");
                WriteLines(leaf);
                html.Append("</p>");
                break;
            case ContainerBlock container:
                WriteAll(container);
                break;
        }

        _depth--;
    }

    public void WriteItem(ListItemBlock item)
    {
        html.Append("<li>");
        WriteAll(item);
        html.Append("</li>");
    }

    public static string ListOpening(ListBlock list) => ListOpening(list.IsOrdered, list.OrderedStart);

    public static string ListOpening(bool isOrdered, string? start) => !isOrdered ? "<ul>"
        : int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first != 1
            ? string.Create(CultureInfo.InvariantCulture, $"<ol start=\"{first}\">") : "<ol>";

    public static string ListClosing(bool isOrdered) => isOrdered ? "</ol>" : "</ul>";

    public static string CodeOpening(string language) =>
        $"<figure class=\"code\"><figcaption><span>{VisibleText.ToHtml(language)}</span>"
        + "<button type=\"button\" class=\"copy\" data-copy=\"code\">Copy</button></figcaption><pre tabindex=\"0\"><code>";

    public const string CodeClosing = "</code></pre></figure>";

    /// <summary>The first word after a fence, when it looks like the name of a language; otherwise empty.</summary>
    public static string Language(string? info)
    {
        const int Longest = 24;
        var word = info?.Trim().Split((char[])[' ', '\t', '{', ','], 2)[0] ?? "";
        return word.Length <= Longest && word.All(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '#' or '-' or '.' or '_')
            ? word : "";
    }

    private void WriteAll(ContainerBlock blocks)
    {
        foreach (var block in blocks)
        {
            Write(block);
        }
    }

    private void Element(string name, LeafBlock leaf)
    {
        html.Append('<').Append(name).Append('>');
        if (leaf.Inline is null)
        {
            WriteLines(leaf);
        }
        else
        {
            WriteInlines(leaf.Inline);
        }

        html.Append("</").Append(name).Append('>');
    }

    private void WriteCode(CodeBlock code)
    {
        html.Append(CodeOpening(Language((code as FencedCodeBlock)?.Info)));
        WriteLines(code);
        html.Append(CodeClosing);
    }

    private void WriteLines(LeafBlock leaf)
    {
        for (var i = 0; i < leaf.Lines.Count; i++)
        {
            VisibleText.Write(html, leaf.Lines.Lines[i].Slice.AsSpan());
            html.Append('\n');
        }
    }

    private void WriteTable(Table table)
    {
        html.Append("<div class=\"table\" tabindex=\"0\"><table>");
        foreach (var row in table.OfType<TableRow>())
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                var element = row.IsHeader ? "th" : "td";
                var alignment = i < table.ColumnDefinitions.Count ? table.ColumnDefinitions[i].Alignment : null;
                html.Append('<').Append(element).Append(alignment switch
                {
                    TableColumnAlign.Right => " class=\"right\">",
                    TableColumnAlign.Center => " class=\"center\">",
                    _ => ">",
                });
                WriteAll((TableCell)row[i]);
                html.Append("</").Append(element).Append('>');
            }

            html.Append("</tr>");
        }

        html.Append("</table></div>");
    }

    private void WriteInlines(ContainerInline container)
    {
        for (var inline = container.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            Write(inline);
        }
    }

    private void Write(Inline inline)
    {
        Enter();
        switch (inline)
        {
            case LiteralInline literal when citations is not null && !_insideLink:
                citations.WriteText(html, literal.Content.ToString());
                break;
            case LiteralInline literal:
                VisibleText.Write(html, literal.Content.AsSpan());
                break;
            case LineBreakInline line:
                html.Append(line.IsHard ? "<br>\n" : "\n");
                break;
            case CodeInline code when !_insideLink && citations?.TryWrite(html, code.Content) is true:
                break;
            case CodeInline code:
                html.Append("<code>");
                VisibleText.Write(html, code.Content);
                html.Append("</code>");
                break;
            case EmphasisInline { DelimiterChar: '*' or '_' } emphasis:
                var name = emphasis.DelimiterCount == 2 ? "strong" : "em";
                html.Append('<').Append(name).Append('>');
                WriteInlines(emphasis);
                html.Append("</").Append(name).Append('>');
                break;
            case LinkInline link:
                WriteLink(link);
                break;
            case AutolinkInline link:
                WriteAddress(link.IsEmail ? $"mailto:{link.Url}" : link.Url, link.Url);
                break;
            case HtmlEntityInline entity:
                VisibleText.Write(html, entity.Transcoded.AsSpan());
                break;
            case TaskList task:
                html.Append(task.Checked
                    ? "<span class=\"task\" role=\"img\" aria-label=\"done\">☑</span>"
                    : "<span class=\"task\" role=\"img\" aria-label=\"to do\">☐</span>");
                break;
            case HtmlInline raw:
                VisibleText.Write(html, raw.Tag);
                break;
            case DelimiterInline delimiter:
                VisibleText.Write(html, delimiter.ToLiteral());
                WriteInlines(delimiter);
                break;
            case ContainerInline other:
                WriteInlines(other);
                break;
        }

        _depth--;
    }

    // A picture would fetch from wherever the text says, and so carry data out; it becomes a link that says so.
    private void WriteLink(LinkInline link)
    {
        var url = link.Url ?? "";
        var label = new StringBuilder();
        var outer = _insideLink;
        _insideLink = true;
        new MarkdownWriter(label) { _depth = _depth, _insideLink = true }.WriteInlines(link);
        _insideLink = outer;

        if (link.IsImage)
        {
            label.Insert(0, "[image: ").Append(']');
        }

        if (_insideLink || !LinkRule.Allows(url))
        {
            html.Append(label);
            if (url.Length > 0 && !link.IsAutoLink)
            {
                html.Append(" (");
                VisibleText.Write(html, url);
                html.Append(')');
            }

            return;
        }

        OpenAnchor(url);
        html.Append(label).Append("</a>");
        if (LinkRule.HostToShow(url, PlainLabel(link)) is { } host)
        {
            html.Append(" <span class=\"link-host\">");
            VisibleText.Write(html, host);
            html.Append("</span>");
        }
    }

    private void WriteAddress(string url, string label)
    {
        if (_insideLink || !LinkRule.Allows(url))
        {
            VisibleText.Write(html, label);
            return;
        }

        OpenAnchor(url);
        VisibleText.Write(html, label);
        html.Append("</a>");
    }

    private void OpenAnchor(string url)
    {
        html.Append("<a href=\"");
        VisibleText.Write(html, url);
        html.Append("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">");
    }

    private static string PlainLabel(ContainerInline link) =>
        string.Concat(link.Descendants().Select(part => part switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            _ => "",
        }));

    private void Enter()
    {
        if (++_depth > DeepestNesting)
        {
            throw new InvalidOperationException("The text is nested too deeply.");
        }
    }
}
