using System.Diagnostics;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Autocoder.Web.Rendering;

namespace Autocoder.Tests.Web.Rendering;

public sealed class SafeMarkdownTests
{
    private static readonly string[] Elements =
    [
        "p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "br", "strong", "em", "code", "pre", "figure", "figcaption",
        "span", "button", "div", "table", "tbody", "tr", "th", "td", "a",
    ];

    private static readonly string[] Attributes =
    [
        "class", "type", "data-copy", "tabindex", "href", "target", "rel", "role", "aria-label", "start",
    ];

    private static readonly string[] Classes = ["code", "copy", "table", "right", "center", "task", "hidden-char", "link-host", "plain"];

    public static TheoryData<string, string> Payloads()
    {
        var data = new TheoryData<string, string>();
        var file = Path.Combine(AppContext.BaseDirectory, "Web", "Rendering", "markdown-payloads.json");
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var payload in json.RootElement.EnumerateArray())
        {
            data.Add(payload.GetProperty("id").GetString()!, payload.GetProperty("markdown").GetString()!);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void No_payload_gives_anything_but_text_and_safe_links(string id, string markdown)
    {
        Assert.NotEmpty(id);
        string[] carriers = [markdown, $"- {markdown}", $"> {markdown}", $"**{markdown}**", $"# {markdown}", $"| a |\n|---|\n| {markdown} |", $"a {markdown} b\n\nc"];
        foreach (var carrier in carriers)
        {
            AssertHarmless(SafeMarkdown.ToHtml(carrier));
        }
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void No_payload_is_dangerous_while_it_streams(string id, string markdown)
    {
        Assert.NotEmpty(id);
        var stream = new IncrementalMarkdown();
        foreach (var character in markdown)
        {
            stream.Append(character.ToString());
            stream.Refresh();
            AssertHarmless(stream.ToHtml());
        }
    }

    [Fact]
    public void Formats_what_answers_use()
    {
        Assert.Equal("<p>A <strong>bold</strong> <em>word</em> and <code>a&lt;b</code>.</p>", SafeMarkdown.ToHtml("A **bold** *word* and `a<b`."));
        Assert.Equal("<h3>Title</h3><ul><li><p>one</p></li><li><p>two</p></li></ul>", SafeMarkdown.ToHtml("# Title\n\n- one\n- two"));
        Assert.Equal("<ol start=\"3\"><li><p>three</p></li></ol>", SafeMarkdown.ToHtml("3. three"));
        Assert.Contains("<th>a</th><th class=\"right\">", Paragraphless("| a | b |\n|---|--:|\n| 1 | 2 |"), StringComparison.Ordinal);
        Assert.Contains("<span>csharp</span>", SafeMarkdown.ToHtml("```csharp\nx\n```"), StringComparison.Ordinal);
        Assert.Contains("aria-label=\"done\"", SafeMarkdown.ToHtml("- [x] done"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_opens_elsewhere_and_tells_nothing()
    {
        Assert.Equal(
            "<p><a href=\"https://ok.test/a?b=1&amp;c=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">words</a></p>",
            SafeMarkdown.ToHtml("[words](https://ok.test/a?b=1&c=2)"));
    }

    [Fact]
    public void A_picture_is_a_link_that_says_so()
    {
        var html = SafeMarkdown.ToHtml("![chart](https://ok.test/x.png)");

        Assert.Contains("[image: chart]</a>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[https://bank.test](https://evil.test)")]
    [InlineData("[bank.test](https://evil.test)")]
    [InlineData("[g\u043e\u043egle](https://evil.test)")]
    public void A_link_that_names_another_place_shows_its_host(string markdown) =>
        Assert.Contains("<span class=\"link-host\">evil.test</span>", SafeMarkdown.ToHtml(markdown), StringComparison.Ordinal);

    [Theory]
    [InlineData("[x](tel:+1900)")]
    [InlineData("[x](/_blazor/disconnect)")]
    [InlineData("[x](?logout=1)")]
    [InlineData("[x](#top)")]
    [InlineData("[x](//evil.test)")]
    [InlineData("[x](https:evil.test)")]
    [InlineData("[x](https://bank.test@evil.test/)")]
    [InlineData("[x](ftp://ok.test)")]
    public void An_address_that_is_not_allowed_is_text(string markdown)
    {
        var html = SafeMarkdown.ToHtml(markdown);

        Assert.DoesNotContain("<a", html, StringComparison.Ordinal);
        Assert.StartsWith("<p>x (", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("safe\u202egpj.exe", "safe<span class=\"hidden-char\">U+202E</span>gpj.exe")]
    [InlineData("a\u200bb", "a<span class=\"hidden-char\">U+200B</span>b")]
    [InlineData("\u001b[31mred", "<span class=\"hidden-char\">U+001B</span>[31mred")]
    [InlineData("\U000E0041", "<span class=\"hidden-char\">U+E0041</span>")]
    [InlineData("👩\u200d💻 and می\u200cخواهم", "👩\u200d💻 and می\u200cخواهم")]
    public void What_hides_is_shown_by_its_name(string text, string html)
    {
        Assert.Equal(html, VisibleText.ToHtml(text));
        Assert.Equal($"<p>{html}</p>", SafeMarkdown.ToHtml(text));
    }

    [Fact]
    public void Half_a_character_is_shown_by_its_number() =>
        Assert.Equal("<p><span class=\"hidden-char\">U+D800</span>!</p>", SafeMarkdown.ToHtml("\ud800!"));

    [Fact]
    public void A_bare_address_is_a_link_without_the_end_of_the_sentence()
    {
        Assert.Contains("href=\"https://ok.test/a_b_(c)\"", SafeMarkdown.ToHtml("See (https://ok.test/a_b_(c))."), StringComparison.Ordinal);
        Assert.Contains(">https://ok.test</a>.", SafeMarkdown.ToHtml("See https://ok.test."), StringComparison.Ordinal);
        Assert.DoesNotContain("<a", SafeMarkdown.ToHtml("xhttps://ok.test"), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Monsters() => new()
    {
        { "nested quotes and lists", string.Concat(Enumerable.Repeat("> - ", 60)) },
        { "brackets", new string('[', 50_000) },
        { "deep list", string.Concat(Enumerable.Range(0, 500).Select(depth => new string(' ', depth * 2) + "- x\n")) },
        { "wide table", string.Concat(Enumerable.Repeat("|" + string.Concat(Enumerable.Repeat("a|", 200)) + "\n", 500)) },
        { "addresses", string.Concat(Enumerable.Repeat("https://a.b ", 30_000)) },
        { "half links", string.Concat(Enumerable.Repeat("[a](b", 20_000)) },
        { "backticks", new string('`', 1_100_000) },
        { "stars", string.Concat(Enumerable.Repeat("*a **b ", 10_000)) },
        { "too long", new string('x', SafeMarkdown.LongestText + 1) },
    };

    [Theory]
    [MemberData(nameof(Monsters))]
    public void No_text_ends_the_page_or_takes_for_ever(string name, string text)
    {
        Assert.NotEmpty(name);
        var started = Stopwatch.GetTimestamp();
        var html = SafeMarkdown.ToHtml(text);

        Assert.NotEmpty(html);
        AssertHarmless(html);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), $"{name}: {Stopwatch.GetElapsedTime(started)}");
    }

    private static string Paragraphless(string markdown) => SafeMarkdown.ToHtml(markdown).Replace("<p>", "", StringComparison.Ordinal).Replace("</p>", "", StringComparison.Ordinal);

    private static void AssertHarmless(string html)
    {
        foreach (var element in new HtmlParser().ParseDocument($"<body>{html}</body>").Body!.QuerySelectorAll("*"))
        {
            Assert.Contains(element.LocalName, Elements);
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, Attributes));
            Assert.All(element.ClassList, name => Assert.Contains(name, Classes));
            if (element.GetAttribute("href") is { } address)
            {
                Assert.Matches("^(https?://|mailto:)[^\\s\\\\]+$", address);
            }
        }
    }
}
