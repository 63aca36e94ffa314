using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>A person takes back what an agent did to their files, and puts it in again.</summary>
[Collection(SharedBrowser.Name)]
public sealed class UndoJourney(AllowingApp app) : IClassFixture<AllowingApp>
{
    private const string Mine = "# Notes\n\nMine.\n";

    [Fact]
    public async Task A_run_is_looked_at_taken_back_and_put_in_again_and_one_change_by_itself()
    {
        await File.WriteAllTextAsync(PathOf("notes.md"), Mine);
        app.Play(
            new { text = "I look first.", tools = new[] { Use("Read", new { path = "notes.md" }) } },
            new { text = "Now I write.", tools = new[] { Use("Write", new { path = "notes.md", content = "# Notes\n\nThe agent's.\n" }), Use("Write", new { path = "new.md", content = "New.\n" }) } },
            new { text = "Done." });
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await Person.BeginAsync(page, "console", "Change my notes.");
        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.True(File.Exists(PathOf("new.md")));
        var other = await context.NewPageAsync();
        await other.GotoAsync(page.Url);

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo all changes of this run" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator("li.ready")).ToHaveCountAsync(2);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Show what changes" }).First.ClickAsync();
        await Expect(dialog.Locator(".added").First).ToContainTextAsync("Mine.");
        await Screenshots.TakeAsync(page, "undo-preview");
        await LookAsync(page);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Undo 2 files" }).PressAsync("Enter");

        foreach (var tab in new[] { page, other })
        {
            await Expect(tab.Locator("section.ended .undone")).ToContainTextAsync("Undone");
        }

        Assert.Equal(Mine, await File.ReadAllTextAsync(PathOf("notes.md")));
        Assert.False(File.Exists(PathOf("new.md")));
        await page.Locator("section.ended .undone").GetByRole(AriaRole.Button, new() { Name = "Redo" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Redo 2 files" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo all changes of this run" })).ToBeVisibleAsync();
        Assert.True(File.Exists(PathOf("new.md")));

        await OneAsync(page, dialog);
        problems.AssertNone();
    }

    private async Task OneAsync(IPage page, ILocator dialog)
    {
        await File.WriteAllTextAsync(PathOf("notes.md"), "By hand.\n");
        var card = page.Locator("section.tool[data-tool=Write]").First;
        await card.Locator("button.head").ClickAsync();
        await Expect(card.Locator(".removed").First).ToContainTextAsync("Mine.");
        await card.GetByRole(AriaRole.Button, new() { Name = "Undo this change" }).ClickAsync();
        await Expect(dialog.Locator("li.changed")).ToContainTextAsync("by hand");
        await Expect(dialog.Locator("footer .primary")).ToBeDisabledAsync();
        await Screenshots.TakeAsync(page, "undo-conflict");
        await LookAsync(page);
        await dialog.GetByLabel("Overwrite it all the same").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Undo 1 file" }).ClickAsync();

        await Expect(card.Locator(".changed")).ToHaveTextAsync("undone");
        Assert.Equal(Mine, await File.ReadAllTextAsync(PathOf("notes.md")));
        await Screenshots.TakeAsync(page, "undo-done");
        await LookAsync(page);
    }

    private string PathOf(string file) => Path.Combine(app.Folder, file);

    private static object Use(string tool, object arguments) => new { tool, arguments };

    private static async Task LookAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.Empty(result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id} {node.Target} {node.Html}")));
    }
}
