using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>An agent runs commands: what only looks runs, what may do more is asked about, a few things never run. Then a rule is tried and saved.</summary>
[Collection(SharedBrowser.Name)]
public sealed class CommandJourney(BrowserFixture browser, ScriptedApp app) : IClassFixture<ScriptedApp>
{
    [Fact]
    public async Task Commands_are_judged_one_by_one_and_a_rule_is_tried_on_the_history()
    {
        await File.WriteAllTextAsync(Path.Combine(app.Folder, "README.md"), "# Greetings of the day\n");
        await File.WriteAllTextAsync(Path.Combine(app.Folder, ".env"), "KEY=S3CR3T\n");
        app.Play(new
        {
            steps = new object[]
            {
                new { tools = new[] { Bash("cat README.md | head -3") } },
                new { tools = new[] { Bash("cat .env") } },
                new { tools = new[] { Bash("cat README.md && mkdir -p build && sh -c 'grep -r S3C . ; touch ../outside.txt; echo built > build/out.txt'") } },
                new { text = "All done." },
            },
        });
        await using var context = await browser.NewContextAsync(app.Process);
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await Person.BeginAsync(page, "console", "Run them");

        var card = page.Locator("section.approval");
        await Expect(card).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(card).ToContainTextAsync("“mkdir” is not known to only look. “sh” runs whatever text it is given.");
        await Expect(card.Locator("code.rule")).ToContainTextAsync("allow Bash cat README.md && mkdir -p build");
        Assert.Equal(1, await card.CountAsync());
        await Screenshots.TakeAsync(page, "approval-command");
        await card.GetByRole(AriaRole.Button, new() { Name = "Allow once" }).ClickAsync();
        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.Equal("built\n", await File.ReadAllTextAsync(Path.Combine(app.Folder, "build", "out.txt")));
        Assert.False(File.Exists(Path.Combine(app.Folder, "..", "outside.txt")));
        Assert.DoesNotContain("S3CR3T", await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);

        await TryRuleAsync(page);
        problems.AssertNone();
    }

    private static async Task TryRuleAsync(IPage page)
    {
        await page.GotoAsync("/settings");
        await Expect(page.GetByText("Sandbox on")).ToBeVisibleAsync();
        await page.GetByLabel("What it touches").FillAsync("mkdir **");
        await page.GetByRole(AriaRole.Button, new() { Name = "What would it have done?" }).ClickAsync();
        await Expect(page.GetByText("would have decided none of them otherwise")).ToBeVisibleAsync();

        await page.GetByLabel("A new rule", new() { Exact = true }).SelectOptionAsync("deny");
        await page.GetByLabel("What it touches").FillAsync("mkdir **");
        await page.GetByLabel("What it touches").PressAsync("Enter");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "mkdir -p build" });
        await Expect(row).ToContainTextAsync("asks you");
        await Expect(row).ToContainTextAsync("refused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the rule" }).ClickAsync();
        await Expect(page.Locator(".rules")).ToContainTextAsync("deny Bash mkdir **");
        await page.GetByLabel("What it touches").FillAsync("**");
        await page.GetByLabel("What it touches").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "README.md | head" })).ToContainTextAsync("runs");
        await page.Locator("#permissions").ScrollIntoViewIfNeededAsync();
        await page.EvaluateAsync("document.querySelector('#permissions').scrollIntoView()");
        await Screenshots.TakeAsync(page, "settings-permissions");
        var result = await page.RunAxe();
        Assert.DoesNotContain(result.Violations, violation => violation.Impact is "serious" or "critical");
    }

    private static object Bash(string command) => new { tool = "Bash", arguments = new { command } };
}
