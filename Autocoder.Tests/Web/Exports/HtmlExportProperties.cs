using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Web.Exports;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Web.Exports;

/// <summary>Whatever stands in a conversation, it can only be read in the exported page.</summary>
public sealed class HtmlExportProperties
{
    private static readonly string[] Pieces =
    [
        "<script>alert(1)</script>", "</div></section>", "\"'", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](http://evil.test/x.png)",
        "```html\n<b>", "</details>", "<!--", "-->", "<style>*{}</style>", "&lt;", "\u202e", "\0", "\ud800", "</title>", "<svg onload=alert(1)>", "| a |\n|---|\n",
        "<a href=\"data:text/html,x\">", "]]>", "`", "\n\n", "<https://ok.test>", "<base href=//evil.test>", "<meta http-equiv=refresh content=0>",
    ];

    private static readonly string[] Elements =
    [
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "h5", "h6", "p", "section", "time", "div", "details", "summary", "ul", "ol", "li",
        "blockquote", "hr", "br", "strong", "em", "code", "pre", "figure", "figcaption", "span", "button", "table", "tbody", "tr", "th", "td", "a",
    ];

    [Fact]
    public void Hostile_text_never_becomes_markup()
    {
        var texts = Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(texts, (Action<string>)IsHarmless).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static void IsHarmless(string hostile)
    {
        var page = new HtmlParser().ParseDocument(Export(hostile));
        Assert.All(page.All, element => Assert.Contains(element.LocalName, Elements));
        Assert.Single(page.QuerySelectorAll("style"));
        Assert.All(page.QuerySelectorAll("meta[http-equiv]"), meta => Assert.Equal("Content-Security-Policy", meta.GetAttribute("http-equiv")));
        Assert.All(page.All.SelectMany(element => element.Attributes), attribute => Assert.False(
            attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "src" or "srcdoc" or "action", attribute.Name));
        Assert.All(page.QuerySelectorAll("a"), link => Assert.Matches("^(https?|mailto):", link.GetAttribute("href")));

        // Nothing closed an element it stands in: what comes after is where it belongs.
        Assert.Equal("MAIN", page.QuerySelector("#e9")!.ParentElement!.TagName);
    }

    private static string Export(string hostile)
    {
        using var to = new StringWriter();
        HtmlExport.BeginAsync(to, new ExportHead(hostile, hostile)).GetAwaiter().GetResult();
        var entries = new ExportEntries();
        var (run, prompt, item, request) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        ConversationEvent[] events =
        [
            new PromptAdmitted(prompt, hostile, [new Attachment(hostile, hostile, 1, "x")]),
            new PromptDelivered(prompt),
            new ReasoningCompleted(item, hostile),
            new TextCompleted(item, hostile, Partial: true),
            new ToolCallRequested("c", hostile, hostile, default, ToolEffect.ReadOnly),
            new ToolCallEnded("c", ToolCallStatus.Completed, hostile, 1),
            new QuestionsAsked(request, "c", [new Question("q", hostile, hostile, [])]),
            new QuestionsAnswered(request, [new Answer("q", [], hostile)]),
            new WarningRaised("x", hostile),
        ];
        foreach (var (index, happened) in events.Index())
        {
            if (entries.Next(new EventEnvelope(Guid.Empty, index + 1, Guid.NewGuid(), run, DateTimeOffset.UnixEpoch, happened)) is { } entry)
            {
                HtmlExport.WriteAsync(to, entry).GetAwaiter().GetResult();
            }
        }

        HtmlExport.EndAsync(to, entries.Unfinished).GetAwaiter().GetResult();
        return to.ToString();
    }
}
