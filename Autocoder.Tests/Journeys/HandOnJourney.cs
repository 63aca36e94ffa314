using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>An answer of the assistant, which changes nothing itself, becomes a feature or a message to the agent.</summary>
[Collection(SharedBrowser.Name)]
public sealed class HandOnJourney(ScriptedApp app) : IClassFixture<ScriptedApp>
{
    [Fact]
    public async Task An_answer_becomes_a_feature_and_a_marked_part_of_it_a_message_to_the_agent()
    {
        app.Play(ScriptedApp.Says("Show the tax on its own line. People ask for it.\n\nThe cart needs a second total."));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await Person.BeginAsync(page, "assistant", "What do people miss?");
        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(1);

        await MakeFeatureAsync(page);
        await page.Locator(".markdown p").Last.EvaluateAsync("node => getSelection().selectAllChildren(node)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send to agent" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "send-to-agent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open in the console" }).ClickAsync();

        await page.WaitForURLAsync("**/console");
        await Expect(Person.TextBox(page)).ToHaveValueAsync("The cart needs a second total.");
        await Expect(page.Locator("article.message")).ToHaveCountAsync(0);
        await Expect(Person.SendButton(page)).ToBeEnabledAsync();
        await ContinueWithWholeAnswerAsync(page);
        problems.AssertNone();
    }

    private static async Task MakeFeatureAsync(IPage page)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a feature" }).PressAsync("Enter");
        await Expect(dialog.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Show the tax on its own line");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add to the backlog" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("at least one step");
        await Screenshots.TakeAsync(page, "make-feature");
        await dialog.GetByLabel("How to check it").FillAsync("Open the cart\n\nSee the tax");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add to the backlog" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByText("Feature 1 was added")).ToBeVisibleAsync();
    }

    // The conversation with the agent is there now, and goes on with the whole answer.
    private static async Task ContinueWithWholeAnswerAsync(IPage page)
    {
        await Person.TextBox(page).PressAsync("Enter");
        await Expect(page.Locator("article.message")).ToHaveCountAsync(1);
        await page.GotoAsync(JourneyApp.Address("assistant"));
        await page.GetByRole(AriaRole.Link, new() { Name = "What do people miss?" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send to agent" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "The cart needs a second total." }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open in the console" }).ClickAsync();
        await Expect(page.Locator("article.message")).ToHaveCountAsync(1);
        await Expect(Person.TextBox(page)).ToHaveValueAsync("Show the tax on its own line. People ask for it.\n\nThe cart needs a second total.");
    }
}
