using AngleSharp.Html.Parser;
using Autocoder.Core.Assistant;
using Autocoder.Web.Components.Layout;
using Autocoder.Web.Rendering;

namespace Autocoder.Tests.Web.Rendering;

public sealed class CitationLinksTests
{
    private static readonly string[] Elements = ["p", "code", "a", "span", "cite-peek", "strong"];

    [Theory]
    [InlineData("See `src/a b.cs:2-3` there.", "src/a b.cs:2-3", "projects/my%20app/files?path=src%2Fa%20b.cs&line=2&to=3")]
    [InlineData("See **src/a.cs:2** there.", "src/a.cs:2", "projects/my%20app/files?path=src%2Fa.cs&line=2")]
    public void A_place_becomes_a_link_to_its_lines(string text, string label, string address)
    {
        var body = Render(text, citation => new CheckedCitation(citation, CitationStatus.Exists, ["two", "three"]) { NowAt = citation.FirstLine });

        var link = body.QuerySelector(".cite a")!;
        Assert.Equal((label, address), (link.TextContent, link.GetAttribute("href")));
        Assert.Contains("two", body.QuerySelector($"#{link.GetAttribute("aria-describedby")}")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moved_place_is_opened_where_it_is_now()
    {
        var body = Render("`a.cs:2`", citation => new CheckedCitation(citation, CitationStatus.Moved, ["x"]) { NowAt = 40 });

        Assert.EndsWith("&line=40", body.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("moved to line 40", body.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CitationStatus.Gone)]
    [InlineData(CitationStatus.Secret)]
    public void What_cannot_be_looked_at_is_no_link(CitationStatus status) =>
        Assert.Empty(Render("`a.cs:2`", citation => new CheckedCitation(citation, status, [])).QuerySelectorAll("a, .peek"));

    [Fact]
    public void The_lines_of_a_file_never_become_markup_and_nothing_hides_in_them()
    {
        var hostile = Render("`x'&y.cs:1`", citation => new CheckedCitation(
            citation, CitationStatus.Changed, ["</code></span><script>alert(1)</script>", "\u202egnp.exe"])
        {
            NowAt = 1,
        });

        Assert.All(hostile.QuerySelectorAll("*"), element => Assert.Contains(element.LocalName, Elements));
        Assert.Contains("U+202E", hostile.TextContent, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", hostile.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_and_long_lines_are_cut()
    {
        var lines = Enumerable.Repeat(new string('x', 5000), 500).ToList();

        var peek = Render("`a.cs:1-500`", citation => new CheckedCitation(citation, CitationStatus.Exists, lines) { NowAt = 1 }).QuerySelector(".peek")!;

        Assert.InRange(peek.TextContent.Length, 1, 3000);
        Assert.Contains("488 more lines", peek.TextContent, StringComparison.Ordinal);
    }

    private static AngleSharp.Dom.IElement Render(string markdown, Func<Citation, CheckedCitation> look)
    {
        var links = new CitationLinks(CitationParser.Parse(markdown).Select(look), (path, line, last) => FileAddress.Of("my app", path, line, last), "c");
        return new HtmlParser().ParseDocument(SafeMarkdown.ToHtml(markdown, links)).Body!;
    }
}
