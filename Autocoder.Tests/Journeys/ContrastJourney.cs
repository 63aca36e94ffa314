using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>Somebody who needs more contrast, by choice or because the system says so.</summary>
[Collection(SharedBrowser.Name)]
public sealed class ContrastJourney(OfflineApp app) : IClassFixture<OfflineApp>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task High_contrast_is_chosen_stays_and_hinders_nobody(ColorScheme scheme)
    {
        await using var context = await app.NewContextAsync(scheme);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "High contrast" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "High contrast" })).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal(scheme is ColorScheme.Light ? "rgb(255, 255, 255)" : "rgb(0, 0, 0)", await BackgroundAsync(page));

        var found = new List<string>();
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await Expect(page.Locator("html[data-contrast=more]")).ToHaveCountAsync(1);
        found.AddRange(await LookAsync(page, "projects"));
        await page.GotoAsync("/shortcuts");
        await Expect(page.Locator("[data-shortcut]").First).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "shortcuts"));
        await page.GotoAsync("/settings");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Engines" })).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "settings"));
        await Person.BeginAsync(page, "assistant", "Give me an overview of the project");
        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "assistant"));
        await Screenshots.TakeAsync(page, "contrast-assistant");
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.Locator("[role=option]").First).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "palette"));
        await Screenshots.TakeAsync(page, "contrast-palette");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Control+/");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        found.AddRange(await LookAsync(page, "help"));

        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    [Fact]
    public async Task The_system_may_ask_for_it_and_a_chosen_theme_wins()
    {
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Contrast = Contrast.More });
        await page.GotoAsync("/");
        await Expect(page.Locator("html[data-contrast=more]")).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Light", Exact = true }).ClickAsync();
        await Expect(page.Locator("html[data-contrast]")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "As the system" }).ClickAsync();
        await Expect(page.Locator("html[data-contrast=more]")).ToHaveCountAsync(1);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Contrast = Contrast.NoPreference });
        await Expect(page.Locator("html[data-contrast]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Where_the_system_paints_what_is_chosen_still_shows()
    {
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = ForcedColors.Active });
        await page.GotoAsync("/");
        var here = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).Locator("[aria-current=page]");
        await Expect(here).ToBeVisibleAsync();

        Assert.Equal("solid", await here.EvaluateAsync<string>("element => getComputedStyle(element).outlineStyle"));
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static async Task<IEnumerable<string>> LookAsync(IPage page, string name)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id} ({violation.Impact}) {node.Target} {node.Html}"));
    }
}
