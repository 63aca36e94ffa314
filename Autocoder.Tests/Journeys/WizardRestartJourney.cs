using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>The wizard is left, killed and opened again.</summary>
[Collection(SharedBrowser.Name)]
public sealed class WizardRestartJourney(OfflineApp app) : IClassFixture<OfflineApp>
{
    [Fact]
    public async Task An_open_question_outlives_a_kill_and_an_approved_specification_outlives_everything()
    {
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(JourneyApp.Address("spec"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await AnswerCardAsync(page, answered: 1);
        var open = await QuestionAsync(page);
        var given = await page.Locator("section.answered dd").AllTextContentsAsync();

        await app.Process.KillAsync();
        await app.Process.StartAgainAsync();
        await page.ReloadAsync();

        await Expect(Question(page)).ToHaveTextAsync(open);
        await Expect(page.Locator("section.answered dd")).ToHaveTextAsync(given);
        await AnswerCardAsync(page, answered: 2);
        Assert.NotEqual(open, await QuestionAsync(page));

        await ApproveAsync(page);
        var tree = TreeHash.Of(app.Folder);
        Assert.Contains("app_spec.txt", tree, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(page.GetByText("Version 1 is approved")).ToBeVisibleAsync();

        // Left first: a page that comes back by itself would break off the visit below.
        await page.GotoAsync("about:blank");
        await app.Process.KillAsync();
        await app.Process.StartAgainAsync();
        await page.GotoAsync("/");
        await page.GotoAsync(JourneyApp.Address("spec"));
        await Expect(page.GetByText("Version 1 is approved")).ToBeVisibleAsync();
        Assert.Equal(tree, TreeHash.Of(app.Folder));
    }

    private static ILocator Question(IPage page) => page.Locator("form.question legend .text");

    private static async Task<string> QuestionAsync(IPage page)
    {
        await Expect(Question(page)).ToBeVisibleAsync();
        return await Question(page).InnerTextAsync();
    }

    // A card may hold several questions, one after the other; only the last answer closes it.
    private static async Task AnswerCardAsync(IPage page, int answered)
    {
        var closed = page.Locator("section.answered");
        while (await closed.CountAsync() < answered)
        {
            var question = await QuestionAsync(page);
            var options = page.Locator("form.question label.option input");
            if (await options.CountAsync() > 0)
            {
                await options.First.CheckAsync();
            }
            else
            {
                await page.Locator("form.question textarea").FillAsync("Lists for flat mates");
            }

            await page.Locator("form.question button[type=submit]").ClickAsync();
            await Expect(Question(page).Filter(new() { HasText = question })).ToHaveCountAsync(0);
        }

        await Expect(closed).ToHaveCountAsync(answered);
    }

    private static async Task ApproveAsync(IPage page)
    {
        await new WizardWalk(page, detailed: false).FinishAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve and write" }).ClickAsync();
        await Expect(page.GetByText("Version 1 is approved")).ToBeVisibleAsync();
    }
}
