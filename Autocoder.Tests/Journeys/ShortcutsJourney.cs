using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>Somebody who makes the keys their own.</summary>
[Collection(SharedBrowser.Name)]
public sealed class ShortcutsJourney(OfflineApp app) : IClassFixture<OfflineApp>
{
    [Fact]
    public async Task Keys_work_are_shown_are_changed_and_stay_changed()
    {
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await page.GotoAsync(JourneyApp.Address("assistant"));
        await ReadyAsync(page);
        await Expect(Person.TextBox(page)).ToBeVisibleAsync();

        // While one writes a sign is a sign; beside it, it is a key.
        await Person.TextBox(page).PressSequentiallyAsync("why? jk");
        await Expect(Person.TextBox(page)).ToHaveValueAsync("why? jk");
        await Expect(Help(page)).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.PressAsync("?");
        await Expect(Help(page)).ToBeVisibleAsync();
        await Expect(Help(page)).ToContainTextAsync("Stop what runs");
        await Screenshots.TakeAsync(page, "shortcut-help");
        await page.Keyboard.PressAsync("Escape");
        await Expect(Help(page)).ToBeHiddenAsync();

        // With a modifier a key works everywhere.
        await Person.TextBox(page).FocusAsync();
        await page.Keyboard.PressAsync("Alt+5");
        await page.WaitForURLAsync("**/settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change keyboard shortcuts" }).ClickAsync();
        await page.WaitForURLAsync("**/shortcuts");

        var row = page.Locator("[data-shortcut='page.settings']");
        await row.GetByRole(AriaRole.Button, new() { Name = "Change the keys" }).ClickAsync();
        await Expect(row.Locator("[data-takes-keys]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Expect(row.GetByRole(AriaRole.Alert)).ToContainTextAsync("Ctrl+K is in use: “Command palette”");
        await Screenshots.TakeAsync(page, "shortcuts");
        await row.GetByRole(AriaRole.Button, new() { Name = "Press others" }).ClickAsync();
        await Expect(row.Locator("[data-takes-keys]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Alt+9");
        await Expect(row).ToContainTextAsync("9");
        await Expect(page.GetByText("Alt+9 it is")).ToBeVisibleAsync();

        problems.AssertNone();
        await app.Process.KillAsync();
        await app.Process.StartAgainAsync();
        await page.GotoAsync("/");
        await ReadyAsync(page);
        await page.Keyboard.PressAsync("Alt+5");
        await page.Keyboard.PressAsync("Alt+9");
        await page.WaitForURLAsync("**/settings");
    }

    [Fact]
    public async Task The_browsers_own_find_stays_where_there_is_no_conversation()
    {
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/settings");
        await ReadyAsync(page);

        var isTaken = await page.EvaluateAsync<bool>(
            "() => !document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', code: 'KeyF', ctrlKey: true, bubbles: true, cancelable: true }))");

        Assert.False(isTaken);
    }

    private static Task ReadyAsync(IPage page) => Expect(page.Locator("html[data-keys]")).ToHaveCountAsync(1);

    private static ILocator Help(IPage page) => page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
}
