using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>axe looks at every page, light and dark, and has nothing serious to say.</summary>
[Collection(SharedBrowser.Name)]
public sealed class AccessibilityJourney(BrowserFixture browser, OfflineApp app) : IClassFixture<OfflineApp>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_hinders_anybody(ColorScheme scheme)
    {
        var found = new List<string>();
        await using (var empty = await AppProcess.StartAsync())
        {
            await using var context = await browser.NewContextAsync(empty, scheme: scheme);
            var start = await context.NewPageAsync();
            await start.GotoAsync("/");
            await Expect(start.GetByText("What do you want to build?")).ToBeVisibleAsync();
            found.AddRange(await LookAsync(start, "start"));
        }

        await using var own = await app.NewContextAsync(scheme);
        var page = await own.NewPageAsync();
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "projects"));
        await page.GetByRole(AriaRole.Button, new() { Name = "New project" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "new project"));

        await OpenQuestionAsync(page);
        found.AddRange(await LookAsync(page, "wizard with a question"));

        await Person.BeginAsync(page, "assistant", "Give me an overview of the project");
        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "assistant"));

        await page.GotoAsync(JourneyApp.Address("console"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Watch a demo run" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Form, new() { Name = "Question for you" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        found.AddRange(await LookAsync(page, "console"));

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    private static async Task OpenQuestionAsync(IPage page)
    {
        await page.GotoAsync(JourneyApp.Address("spec"));
        var card = page.GetByRole(AriaRole.Form, new() { Name = "Question for you" });
        var begin = page.GetByRole(AriaRole.Button, new() { Name = "Begin" });
        await Expect(card.Or(begin).First).ToBeVisibleAsync();
        if (await begin.IsVisibleAsync())
        {
            await begin.ClickAsync();
        }

        await Expect(card).ToBeVisibleAsync();
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page, string name)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id} ({violation.Impact}) {node.Target} {node.Html}"));
    }
}
