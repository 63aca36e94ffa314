using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>A person decides what an agent may do: seen without a key, from the start page of the console.</summary>
[Collection(SharedBrowser.Name)]
public sealed class ApprovalJourney(BrowserFixture browser, OfflineApp app) : IClassFixture<OfflineApp>
{
    [Fact]
    public async Task What_is_asked_for_is_shown_decided_and_done()
    {
        await using var context = await browser.NewContextAsync(app.Process);
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await page.GotoAsync(JourneyApp.Address("console"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Try approvals and plans" }).ClickAsync();

        var card = page.Locator("section.approval");
        await Expect(card).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(card.Locator(".added").First).ToContainTextAsync("# Greetings");
        await Expect(card.Locator("code.rule")).ToContainTextAsync("allow Write");
        await Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex(@"^\(1\) "));
        Assert.False(File.Exists(Path.Combine(app.Folder, "greetings.md")));
        await Screenshots.TakeAsync(page, "approval-new-file");
        await LookAsync(page, "approval of a new file");

        // The focus came to the card, so a digit decides; Enter would not.
        await Expect(card).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(card).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(800);
        await page.Keyboard.PressAsync("1");

        await Expect(page.Locator("count-down").First).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "approval-waiting");
        await LookAsync(page, "waiting for the model");
        Assert.True(File.Exists(Path.Combine(app.Folder, "greetings.md")));

        await Expect(card.Locator(".removed").First).ToBeVisibleAsync(new() { Timeout = 40_000 });
        await Screenshots.TakeAsync(page, "approval-change");
        await LookAsync(page, "approval of a change");
        await card.GetByRole(AriaRole.Button, new() { Name = "Reject and say why" }).ClickAsync();
        await card.Locator("textarea").FillAsync("Keep “Good morning”.");
        await Screenshots.TakeAsync(page, "approval-words");
        await card.GetByRole(AriaRole.Button, new() { Name = "Reject with these words" }).ClickAsync();

        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.Locator(".approved.no")).ToContainTextAsync("Keep “Good morning”.");
        await Screenshots.TakeAsync(page, "approval-done");
        await PlanAsync(page, card);
        problems.AssertNone();
    }

    private static async Task PlanAsync(IPage page, ILocator card)
    {
        await page.GetByLabel("Plan first").CheckAsync();
        await Person.SendAsync(page, "Now with a plan.");
        await Expect(page.Locator(".phases .here")).ToHaveTextAsync("Analyse");
        await Person.TextBox(page).FillAsync("And mention Japanese.");
        await Expect(Person.SendButton(page)).ToHaveTextAsync("Queue");
        await page.GetByRole(AriaRole.Button, new() { Name = "Other ways to send" }).ClickAsync();
        await Screenshots.TakeAsync(page, "plan-menu");
        await page.Keyboard.PressAsync("Escape");
        await Person.TextBox(page).PressAsync("Enter");

        await Expect(page.Locator(".phases .here")).ToHaveTextAsync("Execute", new() { Timeout = 30_000 });
        await Expect(card).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Screenshots.TakeAsync(page, "plan-execute");
        await LookAsync(page, "a plan being carried out");
        await page.GetByRole(AriaRole.Region, new() { Name = "Queued messages" }).GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await Person.TextBox(page).FillAsync("");
        await card.GetByRole(AriaRole.Button, new() { Name = "Allow in this conversation" }).ClickAsync();

        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(2, new() { Timeout = 30_000 });
        await Expect(page.Locator(".plan .evidence").First).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "plan-done");
        await LookAsync(page, "the end of a planned run");
    }

    private static async Task LookAsync(IPage page, string name)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        var found = result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id} {node.Target} {node.Html}"));
        Assert.Empty(found);
    }
}
