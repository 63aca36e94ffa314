using Microsoft.Playwright;
using static Autocoder.Tests.Journeys.ScriptedApp;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>Somebody who names files and gives commands without leaving the text.</summary>
[Collection(SharedBrowser.Name)]
public sealed class ComposerHelpJourney(ScriptedApp app) : IClassFixture<ScriptedApp>
{
    [Fact]
    public async Task Files_are_named_by_a_few_letters_and_commands_by_a_slash()
    {
        Directory.CreateDirectory(Path.Combine(app.Folder, "src"));
        await File.WriteAllTextAsync(Path.Combine(app.Folder, "src", "TaxService.cs"), "class TaxService;");
        await File.WriteAllTextAsync(Path.Combine(app.Folder, ".env"), "KEY=1");
        app.Play(Says("It is in the service."), Says(Words(3000), size: 20, delay: 20));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await page.GotoAsync(JourneyApp.Address("console"));
        await Expect(page.Locator("html[data-keys]")).ToHaveCountAsync(1);
        var box = Person.TextBox(page);

        await box.PressSequentiallyAsync("Look at @ta");
        await Expect(Options(page)).ToHaveCountAsync(1);
        await Expect(Options(page)).ToContainTextAsync("TaxService.cs");
        await Screenshots.TakeAsync(page, "composer-file");
        await page.Keyboard.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("Look at @src/TaxService.cs ");
        await box.PressSequentiallyAsync("and @.e");
        await Expect(Options(page)).ToHaveCountAsync(0);
        await box.FillAsync("Look at @src/TaxService.cs");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("article.message")).ToContainTextAsync("@src/TaxService.cs");
        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync();

        await box.PressSequentiallyAsync("/");
        await Expect(Options(page).First).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "composer-command");
        await page.Keyboard.PressAsync("Escape");
        await Expect(Options(page)).ToHaveCountAsync(0);
        await box.FillAsync("");
        await Person.SendAsync(page, "Tell me a long story.");
        await Expect(Person.Answers(page).Last).ToContainTextAsync(Word(20));
        await box.PressSequentiallyAsync("/st");
        await Expect(Options(page)).ToContainTextAsync("/stop");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Person.Ended(page).Last).ToContainTextAsync("Stopped");
        await Expect(box).ToHaveValueAsync("");
        await Expect(page.Locator("article.message")).ToHaveCountAsync(2);

        await box.PressSequentiallyAsync("/find word0007");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Search, new() { Name = "Find in this conversation" }).GetByRole(AriaRole.Status)).ToHaveTextAsync("1 of 1");
        await page.Keyboard.PressAsync("Escape");
        await Expect(box).ToBeFocusedAsync();

        await box.PressSequentiallyAsync("/new");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/projects/journey/console");
        problems.AssertNone();
    }

    private static ILocator Options(IPage page) => Person.Composer(page).Locator("[data-suggest]:not([hidden]) [role=option]");
}
