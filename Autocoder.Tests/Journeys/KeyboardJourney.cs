using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>Somebody without a mouse.</summary>
[Collection(SharedBrowser.Name)]
public sealed class KeyboardJourney(OfflineApp app) : IClassFixture<OfflineApp>
{
    private const int MostTabs = 60;

    [Fact]
    public async Task A_project_is_made_and_three_questions_are_answered_by_keys_alone()
    {
        var folder = app.Process.NewProjectFolder("by-keys");
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();

        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "New project" }));
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        // The dialog moves the focus to its first field itself, a moment after it is seen; whoever types before that is interrupted.
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("by-keys");
        var path = page.GetByLabel("Folder", new() { Exact = true });
        await Expect(path).ToHaveAttributeAsync("placeholder", new System.Text.RegularExpressions.Regex("by-keys$"));
        await TabToAsync(page, path);
        await page.Keyboard.TypeAsync(folder);
        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Create the project" }));
        await page.WaitForURLAsync("**/projects/by-keys/spec");

        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Begin" }));
        for (var answered = 0; answered < 3; answered++)
        {
            await AnswerAsync(page);
        }

        await Expect(page.Locator("section.answered")).Not.ToHaveCountAsync(0);
    }

    // The focus comes to the question by itself; a digit chooses, Enter goes on.
    private static async Task AnswerAsync(IPage page)
    {
        var question = page.Locator("form.question legend .text");
        await Expect(question).ToBeVisibleAsync();
        var text = await question.InnerTextAsync();
        var focused = page.Locator("form.question :focus");
        await Expect(focused).ToHaveCountAsync(1);
        if (await page.Locator("form.question label.option").CountAsync() > 0)
        {
            await page.Keyboard.PressAsync("1");
            await Expect(page.Locator("form.question label.option").First.Locator("input")).ToBeCheckedAsync();
        }
        else
        {
            await page.Keyboard.TypeAsync("Shared lists for flat mates");
        }

        await page.Keyboard.PressAsync("Enter");
        await Expect(question.Filter(new() { HasText = text })).ToHaveCountAsync(0);
    }

    private static async Task PressAsync(IPage page, ILocator target)
    {
        await TabToAsync(page, target);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task TabToAsync(IPage page, ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{MostTabs} times Tab do not lead to {target}.");
    }
}
