using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>What a person does on every page.</summary>
internal static class Person
{
    public static async Task CreateProjectAsync(IPage page, string name, string folder)
    {
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "New project" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Folder", new() { Exact = true }).FillAsync(folder);
        await page.GetByLabel("Folder", new() { Exact = true }).PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the project" }).ClickAsync();
        await page.WaitForURLAsync($"**/projects/{name}/spec");
    }

    /// <summary>Where one writes.</summary>
    public static ILocator Composer(IPage page) => page.Locator("form.composer");

    public static ILocator TextBox(IPage page) => Composer(page).Locator("textarea");

    /// <summary>The button of the composer that sends, queues or answers.</summary>
    public static ILocator SendButton(IPage page) => Composer(page).Locator("button[type=submit]");

    /// <summary>Writes a text and sends it by Enter.</summary>
    public static async Task SendAsync(IPage page, string text)
    {
        await TextBox(page).FillAsync(text);
        await Expect(SendButton(page)).ToBeEnabledAsync();
        await TextBox(page).PressAsync("Enter");
        await Expect(TextBox(page)).ToHaveValueAsync("");
    }

    /// <summary>Opens a surface and begins a conversation with its first message.</summary>
    public static async Task BeginAsync(IPage page, string surface, string text)
    {
        await page.GotoAsync(JourneyApp.Address(surface));
        await SendFirstAsync(page, text);
    }

    /// <summary>Begins a conversation on the surface that is open; the page then shows the conversation.</summary>
    public static async Task SendFirstAsync(IPage page, string text)
    {
        await TextBox(page).FillAsync(text);
        await Expect(SendButton(page)).ToBeEnabledAsync();
        await TextBox(page).PressAsync("Enter");
        await Expect(page.Locator("article.message").First).ToBeVisibleAsync();
    }

    /// <summary>The rows that say how a run ended.</summary>
    public static ILocator Ended(IPage page, string kind = "ended") => page.Locator($"section.ended.{kind}");

    /// <summary>What is answered, as the page shows it.</summary>
    public static ILocator Answers(IPage page) => page.Locator(".markdown");

    public static async Task<string> ReadAsync(ILocator answer) => (await answer.TextContentAsync() ?? "").Trim();
}
