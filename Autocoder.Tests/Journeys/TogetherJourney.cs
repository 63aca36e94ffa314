using Microsoft.Playwright;
using static Autocoder.Tests.Journeys.ScriptedApp;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>Several tabs on one conversation, a server that goes away, and panels as wide as one wants them.</summary>
[Collection(SharedBrowser.Name)]
public sealed class TogetherJourney(ScriptedApp app) : IClassFixture<ScriptedApp>
{
    [Fact]
    public async Task Each_tab_sees_how_many_there_are_and_who_wrote_last()
    {
        app.Play(Says("One."), Says("Two."));
        await using var context = await app.NewContextAsync();
        var first = await context.NewPageAsync();
        await Person.BeginAsync(first, "assistant", "Count.");
        await Expect(Person.Ended(first, "ok")).ToBeVisibleAsync();
        await Expect(Presence(first)).ToHaveCountAsync(0);

        var second = await context.NewPageAsync();
        await second.GotoAsync(first.Url);
        await Expect(Presence(second)).ToContainTextAsync("2 tabs open");
        await Expect(Presence(first)).ToContainTextAsync("2 tabs open");
        await Person.SendAsync(second, "And on.");
        await Expect(Presence(second)).ToContainTextAsync("this one wrote last");
        await Expect(Presence(first)).ToContainTextAsync("another one wrote last");
        await Screenshots.TakeAsync(first, "presence");

        await second.CloseAsync();
        await Expect(Presence(first)).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_lost_server_is_told_above_the_page_and_never_covers_it(int width)
    {
        app.Play(Says("The ocelot lives in the attic."));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SetViewportSizeAsync(width, 844);
        await Person.BeginAsync(page, "assistant", "Where is the ocelot?");
        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync();

        await app.Process.KillAsync();
        var banner = page.Locator("#components-reconnect-modal");
        await Expect(banner).ToContainTextAsync("Nothing is lost");
        await Expect(banner).ToContainTextAsync("from event #");
        var (above, below) = ((await banner.BoundingBoxAsync())!, (await page.Locator(".frame").BoundingBoxAsync())!);
        Assert.True(above.Y + above.Height <= below.Y + 0.5, $"The banner ends at {above.Y + above.Height}, the page begins at {below.Y}.");
        Assert.True(below.Y + below.Height <= 844.5, "The page must still fit the window.");
        var hidden = await page.EvaluateAsync<bool>(
            "() => [...document.querySelectorAll('.foot, .finder, .switcher')].some(part => part.getBoundingClientRect().top < document.querySelector('#components-reconnect-modal').getBoundingClientRect().bottom - 1)");
        Assert.False(hidden, "Nothing of the page may lie under or over the banner.");
        await Expect(page.GetByText("lives in the attic")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, $"reconnect-{width}");

        await app.Process.StartAgainAsync();
        await Expect(banner).ToBeHiddenAsync();
        await Expect(page.GetByText("lives in the attic")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Panels_keep_the_width_they_are_given()
    {
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(JourneyApp.Address("console"));
        var line = page.GetByRole(AriaRole.Separator, new() { Name = "Width of the list of conversations" });
        await Expect(line).ToBeVisibleAsync();
        var usual = await WidthAsync(page);

        var box = (await line.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 4, 400);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 64, 400);
        await page.Mouse.UpAsync();
        Assert.Equal(usual + 60, await WidthAsync(page), tolerance: 1.5);

        await line.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(usual + 76, await WidthAsync(page), tolerance: 1.5);
        await page.ReloadAsync();
        await Expect(line).ToBeVisibleAsync();
        Assert.Equal(usual + 76, await WidthAsync(page), tolerance: 1.5);
        Assert.Equal(usual + 76, double.Parse((await line.GetAttributeAsync("aria-valuenow"))!, System.Globalization.CultureInfo.InvariantCulture), tolerance: 1.5);

        await line.DblClickAsync();
        Assert.Equal(usual, await WidthAsync(page), tolerance: 1.5);
        await page.SetViewportSizeAsync(390, 844);
        await Expect(line).ToBeHiddenAsync();
    }

    private static Task<double> WidthAsync(IPage page) => page.Locator(".surface > .side").EvaluateAsync<double>("panel => panel.getBoundingClientRect().width");

    private static ILocator Presence(IPage page) => page.Locator(".presence");
}
