using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>A person goes back in a run, to its changes and its error, shares the moment, takes a report along, and returns.</summary>
[Collection(SharedBrowser.Name)]
public sealed class LookBackJourney(BrowserFixture browser, ScriptedApp app) : IClassFixture<ScriptedApp>
{
    [Fact]
    public async Task A_run_is_seen_as_it_was_at_any_event()
    {
        app.Play(new
        {
            steps = new object[]
            {
                new { text = "First the greeting.", tools = new[] { Write("greeting.md", "Good morning") } },
                new { text = "Then something that is not there.", tools = new object[] { new { tool = "Read", arguments = new { path = "missing.md" } } } },
                new { text = "And the farewell.", tools = new[] { Write("farewell.md", "Good night") } },
                new { text = "All of it is done." },
            },
        });
        await using var context = await browser.NewContextAsync(app.Process);
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await Person.BeginAsync(page, "console", "Greet and take leave");
        await AllowAsync(page);
        await AllowAsync(page);
        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await PanesAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Look back" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Looking back" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Previous change" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Previous change" }).ClickAsync();
        var past = page.Locator(".past");
        await Expect(past).ToContainTextAsync("First the greeting.");
        await Expect(past).Not.ToContainTextAsync("All of it is done.");
        await Expect(past).Not.ToContainTextAsync("farewell");
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Files 1" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next error" }).ClickAsync();
        await Expect(past.Locator(".when")).ToContainTextAsync("Read missing.md did not work");
        await Screenshots.TakeAsync(page, "console-look-back");
        var result = await page.RunAxe();
        Assert.DoesNotContain(result.Violations, violation => violation.Impact is "serious" or "critical");

        await using var other = await browser.NewContextAsync(app.Process);
        var shared = await other.NewPageAsync();
        await shared.GotoAsync(page.Url);
        await Expect(shared.Locator(".past .when")).ToContainTextAsync("Read missing.md did not work");

        await page.GetByLabel("Event", new() { Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(past).ToContainTextAsync("All of it is done.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to live" }).ClickAsync();
        await Expect(Person.TextBox(page)).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("console/[^?]+$"));
        problems.AssertNone();
    }

    private static async Task PanesAsync(IPage page)
    {
        var tabs = page.GetByRole(AriaRole.Tablist, new() { Name = "Beside the conversation" });
        await tabs.GetByRole(AriaRole.Tab, new() { Name = "Plan" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(tabs.GetByRole(AriaRole.Tab, new() { Name = "Files 2" })).ToBeFocusedAsync();
        await page.Locator("#pane .file").Filter(new() { HasText = "greeting.md" }).GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.Locator("#pane .change .added")).ToContainTextAsync("Good morning");
        await Screenshots.TakeAsync(page, "console-files");
        await page.Keyboard.PressAsync("Shift+Tab");
        await tabs.GetByRole(AriaRole.Tab, new() { Name = "Runs 1" }).ClickAsync();
        await Expect(page.Locator("#pane")).ToContainTextAsync("Greet and take leave");
        await Screenshots.TakeAsync(page, "console-runs");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Report" }).ClickAsync());
        var report = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Contains("<h1>Greet and take leave</h1>", report, StringComparison.Ordinal);
        Assert.Contains("<td>farewell.md", report.Replace("greeting.md, ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("3, of which 1 did not work", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", report, StringComparison.Ordinal);
    }

    private static async Task AllowAsync(IPage page)
    {
        var allow = page.Locator("section.approval").GetByRole(AriaRole.Button, new() { Name = "Allow once" });
        await allow.ClickAsync(new() { Timeout = 30_000 });
    }

    private static object Write(string path, string content) => new { tool = "Write", arguments = new { path, content } };
}
