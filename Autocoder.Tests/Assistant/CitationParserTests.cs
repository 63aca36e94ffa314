using Autocoder.Core.Assistant;

namespace Autocoder.Tests.Assistant;

public sealed class CitationParserTests
{
    [Theory]
    [InlineData("see `src/App.cs:12`", "src/App.cs:12")]
    [InlineData("see `src/App.cs:12-40`.", "src/App.cs:12-40")]
    [InlineData("see src/App.cs:12.", "src/App.cs:12")]
    [InlineData("(src/App.cs:12-40)", "src/App.cs:12-40")]
    [InlineData("`my docs/a b.md:3`", "my docs/a b.md:3")]
    [InlineData("`Dockerfile:3`", "Dockerfile:3")]
    [InlineData("`.gitignore:3`", ".gitignore:3")]
    [InlineData(".github/workflows/ci.yml:7", ".github/workflows/ci.yml:7")]
    [InlineData("``src/a.cs:1``", "src/a.cs:1")]
    [InlineData("`src/Makefile:9`", "src/Makefile:9")]
    [InlineData("[x](src/a.cs:1)", "src/a.cs:1")]
    public void Places_are_found(string markdown, string expected)
    {
        var citation = Assert.Single(CitationParser.Parse(markdown));

        Assert.Equal(expected, citation.ToString());
        Assert.Equal(expected, markdown.Substring(citation.Start, citation.Length));
    }

    [Theory]
    [InlineData("http://localhost:5000/index.html")]
    [InlineData("`http://example.com:80`")]
    [InlineData("`localhost:5000`")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("`python:3`")]
    [InlineData("at 10:30")]
    [InlineData("`src/App.cs:0`")]
    [InlineData("`src/App.cs:9-3`")]
    [InlineData("`src/App.cs:12-`")]
    [InlineData("`src/App.cs`")]
    [InlineData("version:2.1.3:4:5")]
    [InlineData("```\nsrc/App.cs:12\n```")]
    [InlineData("~~~\n`src/App.cs:12`\n~~~")]
    public void What_is_no_place_is_left_alone(string markdown) => Assert.Empty(CitationParser.Parse(markdown));

    [Fact]
    public void Several_come_in_their_order_with_their_places()
    {
        const string Text = "First `a.cs:1`\n```\nb.cs:2\n```\nthen c.cs:3 and `d.cs:4-5`";

        var citations = CitationParser.Parse(Text);

        Assert.Equal(["a.cs:1", "c.cs:3", "d.cs:4-5"], citations.Select(citation => citation.ToString()));
        Assert.All(citations, citation => Assert.Equal(citation.ToString(), Text.Substring(citation.Start, citation.Length)));
    }

    [Fact]
    public void A_megabyte_without_a_place_takes_no_time_to_speak_of()
    {
        var hostile = string.Concat(Enumerable.Repeat("aaaaaaa.bbbbbbbb/", 60_000)) + string.Concat(Enumerable.Repeat("`", 10_001));

        Assert.Empty(CitationParser.Parse(hostile));
    }
}
