using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>Somebody who looks for a place in a long conversation, and sends it to a colleague.</summary>
[Collection(SharedBrowser.Name)]
public sealed class DeepLinkJourney(ScriptedApp app) : IClassFixture<ScriptedApp>
{
    private const int Steps = 190;

    [Fact]
    public async Task A_place_far_from_the_end_is_found_linked_and_opened()
    {
        app.Play(LongTurn());
        await using var context = await app.NewContextAsync();
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await Person.BeginAsync(page, "console", "Where is the ocelot?");
        await Expect(Person.Ended(page)).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.ReloadAsync();
        await Expect(page.GetByText($"Step {Steps} ")).ToBeInViewportAsync(new() { Timeout = 20_000 });
        await Expect(page.GetByText("Step 30 ")).ToHaveCountAsync(0);

        await Expect(page.Locator("html[data-keys~='conversation.find']")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Control+f");
        var find = page.GetByRole(AriaRole.Search, new() { Name = "Find in this conversation" });
        await Expect(find.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("zebra CROSSING");
        await Expect(find.GetByRole(AriaRole.Status)).ToHaveTextAsync("2 of 2");
        await Expect(Found(page)).ToContainTextAsync("Step 170 ");
        await Expect(Found(page)).ToBeInViewportAsync();

        await page.Keyboard.PressAsync("Shift+Enter");
        await Expect(find.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 of 2");
        await Expect(Found(page)).ToContainTextAsync("Step 30 ");
        await Expect(Found(page)).ToBeInViewportAsync();
        await Expect(page.GetByText("An earlier part")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "find");

        await Found(page).HoverAsync();
        await Found(page).Locator("[data-copy-link]").ClickAsync();
        var link = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.Contains("?at=", link, StringComparison.Ordinal);
        await find.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the latest" }).ClickAsync();
        await Expect(page.GetByText($"Step {Steps} ")).ToBeInViewportAsync();

        var colleague = await context.NewPageAsync();
        await colleague.GotoAsync(link);
        await Expect(Found(colleague)).ToContainTextAsync("Step 30 ");
        await Expect(Found(colleague)).ToBeInViewportAsync();
        await colleague.GetByRole(AriaRole.Button, new() { Name = "Show later" }).ClickAsync();
        await Expect(colleague.GetByText("Step 90 ")).ToHaveCountAsync(1);
        await Expect(Found(colleague)).ToBeInViewportAsync();
        await colleague.GetByRole(AriaRole.Button, new() { Name = "Show earlier" }).ClickAsync();
        await Expect(colleague.Locator("article.message")).ToHaveCountAsync(1);
        problems.AssertNone();
    }

    [Fact]
    public async Task A_link_to_nothing_says_so_and_shows_the_end()
    {
        app.Play(ScriptedApp.Says("The ocelot lives in the attic."));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await Person.BeginAsync(page, "assistant", "Where is the ocelot?");
        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync();
        var address = page.Url;

        await page.GotoAsync($"{address}?at=999999");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no event #999999");
        await Expect(page.GetByText("lives in the attic")).ToBeVisibleAsync();

        await page.GotoAsync($"{address}?at=%3Cscript%3E");
        await Expect(page.GetByText("lives in the attic")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    private static ILocator Found(IPage page) => page.Locator("[data-found]");

    // Each step looks for something else, so that nobody takes it for going in circles.
    private static object LongTurn() => new
    {
        steps = Enumerable.Range(1, Steps).Select(step => (object)new
        {
            text = string.Create(CultureInfo.InvariantCulture, $"Step {step} goes on.{(step is 30 or 170 ? " Mind the zebra crossing." : "")}"),
            delta = new { size = 200, delay_ms = 0 },
            tools = step == Steps ? null : new[] { new { tool = "Glob", arguments = new { pattern = string.Create(CultureInfo.InvariantCulture, $"**/*.none{step}") } } },
        }).ToArray(),
    };
}
