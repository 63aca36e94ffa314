using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>What a newcomer without a key sees first: the demo, from the start page to its end.</summary>
[Collection(SharedBrowser.Name)]
public sealed class DemoJourney(BrowserFixture browser)
{
    [Fact]
    public async Task The_demo_plays_from_the_start_page_to_its_end()
    {
        await using var app = await AppProcess.StartAsync();
        await using var context = await browser.NewContextAsync(app);
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try the demo, no key" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the project" }).ClickAsync();

        var card = page.GetByRole(AriaRole.Form, new() { Name = "Question for you" });
        await Expect(card).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Screenshots.TakeAsync(page, "console-question");
        await card.Locator("label.option input").First.CheckAsync();
        await card.Locator("button[type=submit]").ClickAsync();

        await Expect(page.Locator("section.ended.ok")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Screenshots.TakeAsync(page, "console-demo");
        problems.AssertNone();
    }
}
