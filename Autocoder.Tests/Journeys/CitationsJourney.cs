using Autocoder.Tests.TestSupport;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>An answer cites places of the project: one looks at the lines, opens the file there, and is told when it has changed since.</summary>
[Collection(SharedBrowser.Name)]
public sealed class CitationsJourney(ScriptedApp app) : IClassFixture<ScriptedApp>
{
    private const string Answer = "Tax is computed in `src/tax.py:3-4` and the key is in `.env:1`; see also src/gone.py:7.";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_cited_place_is_shown_opened_and_watched_by_keyboard_alone(ColorScheme scheme)
    {
        WriteProject("");
        app.Play(new
        {
            steps = new object[]
            {
                new { tools = new[] { new { tool = "Read", arguments = new { path = "src/tax.py" } } } },
                new { text = Answer },
            },
        });
        await using var context = await app.NewContextAsync(scheme);
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await Person.BeginAsync(page, "assistant", "How is the tax computed?");

        var link = page.GetByRole(AriaRole.Link, new() { Name = "src/tax.py:3-4" });
        await Expect(link).ToBeVisibleAsync();
        await Expect(page.GetByText("3 places cited, 1 no longer as cited, 1 not shown")).ToBeVisibleAsync();
        await Expect(page.GetByText("Receipt: 1 file read")).ToContainTextAsync("0 written");
        await Expect(page.Locator(".cite.secret, .cite.gone").Locator("a")).ToHaveCountAsync(0);
        await Expect(page.GetByText("hunter2")).ToHaveCountAsync(0);

        await PeekAsync(page, link);
        Assert.Empty(await SeriousAsync(page));

        await link.PressAsync("Enter");
        await page.WaitForURLAsync("**/files?path=src%2Ftax.py&line=3&to=4");
        await Expect(page.Locator(".line.here")).ToHaveTextAsync(["def tax(net):", "    return net * 0.2"]);
        await FindAsync(page);
        Assert.Empty(await SeriousAsync(page));
        if (scheme is ColorScheme.Light)
        {
            await Screenshots.TakeAsync(page, "file-viewer");
        }

        WriteProject("# A new first line\n");
        await page.GoBackAsync();
        await Expect(page.GetByText("moved to line 4").First).ToBeVisibleAsync();
        WriteProject("", rate: "0.3");
        await page.ReloadAsync();
        await Expect(page.GetByText("changed since").First).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "assistant-citations");
        problems.AssertNone();
    }

    [Fact]
    public async Task A_conversation_is_taken_along_as_a_page_that_opens_offline_and_hinders_nobody()
    {
        app.Play(ScriptedApp.Says("A **bold** answer with `code`.\n\n```python\nprint(1)\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await Person.BeginAsync(page, "assistant", "Take me along");
        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Link, new() { Name = "Take me along" }).HoverAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for Take me along" }).ClickAsync();
        await Screenshots.TakeAsync(page, "assistant-export-menu");
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Menuitem, new() { Name = "Export as a web page" }).ClickAsync());

        Assert.Equal("autocoder-Take-me-along.html", download.SuggestedFilename);
        problems.AssertNone();
        using var folder = new TempFolder();
        await download.SaveAsAsync(folder["export.html"]);
        await using var offline = await app.NewContextAsync();
        await offline.SetOfflineAsync(true);
        var saved = await offline.NewPageAsync();
        await saved.GotoAsync(new Uri(folder["export.html"]).AbsoluteUri);
        await Expect(saved.GetByRole(AriaRole.Heading, new() { Name = "Take me along" })).ToBeVisibleAsync();
        await Expect(saved.Locator("strong")).ToHaveTextAsync("bold");
        Assert.Empty(await SeriousAsync(saved));
        await Screenshots.TakeAsync(saved, "export");
    }

    [Theory]
    [InlineData(".env", "passwords or keys")]
    [InlineData("src/none.py", "no file or folder")]
    [InlineData("src", "This is a folder")]
    [InlineData("../../etc/passwd", "outside")]
    [InlineData("binary.bin", "binary file")]
    public async Task What_cannot_be_shown_is_refused_in_words(string path, string words)
    {
        WriteProject("");
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);

        await page.GotoAsync($"{JourneyApp.Address("files")}?path={Uri.EscapeDataString(path)}&line=1");

        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync(words);
        await Expect(page.Locator(".line")).ToHaveCountAsync(0);
        problems.AssertNone();
    }

    private static async Task PeekAsync(IPage page, ILocator link)
    {
        var peek = page.Locator(".peek");
        await Expect(peek).ToBeHiddenAsync();
        await link.HoverAsync();
        await Expect(peek).ToBeVisibleAsync();
        await Expect(peek).ToContainTextAsync("def tax(net):");
        await Screenshots.TakeAsync(page, "assistant-peek");
        await page.Mouse.MoveAsync(0, 0);
        await Expect(peek).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Tab");
        await link.FocusAsync();
        await Expect(peek).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(peek).ToBeHiddenAsync();
        await Expect(link).ToBeFocusedAsync();
    }

    private static async Task FindAsync(IPage page)
    {
        var box = page.GetByRole(AriaRole.Searchbox, new() { Name = "Find in this file" });
        await box.FillAsync("filler 2");
        await Expect(page.Locator(".file [role=status]")).ToContainTextAsync("1 of ");
        await box.PressAsync("Enter");
        await Expect(page.Locator(".file [role=status]")).ToContainTextAsync("2 of ");
        await Expect(page.Locator(".line.current")).ToBeInViewportAsync();
        await box.PressAsync("Shift+Enter");
        await Expect(page.Locator(".file [role=status]")).ToContainTextAsync("1 of ");
        await box.FillAsync("filler 2999");
        await Expect(page.Locator(".line.current")).ToHaveTextAsync("# filler 2999");
        await box.FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show lines before" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Wrap lines" }).PressAsync("Enter");
        await Expect(page.Locator(".lines.wraps")).ToBeVisibleAsync();
    }

    private static async Task<IEnumerable<string>> SeriousAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id} {node.Target} {node.Html}"));
    }

    private void WriteProject(string before, string rate = "0.2")
    {
        Directory.CreateDirectory(Path.Combine(app.Folder, "src"));
        var filler = string.Join('\n', Enumerable.Range(1, 3000).Select(number => $"# filler {number}"));
        File.WriteAllText(Path.Combine(app.Folder, "src", "tax.py"), $"{before}\n\ndef tax(net):\n    return net * {rate}\n{filler}\n");
        File.WriteAllText(Path.Combine(app.Folder, ".env"), "KEY=hunter2\n");
        File.WriteAllBytes(Path.Combine(app.Folder, "binary.bin"), [0, 1, 2, 0]);
    }
}
