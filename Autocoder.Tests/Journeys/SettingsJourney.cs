using System.Text.RegularExpressions;
using Autocoder.Tests.TestSupport.ScriptedAnthropic;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>A person points Autocoder at a model server, tries it, and lets it answer in the assistant.</summary>
[Collection(SharedBrowser.Name)]
public sealed class SettingsJourney(BrowserFixture browser, OfflineApp app) : IClassFixture<OfflineApp>
{
    private const string Key = "sk-of-a-local-server-42";

    [Fact]
    public async Task A_model_server_is_set_up_tried_and_used_without_a_restart()
    {
        await using var server = await ScriptedServer.StartAsync(
            """{"requireApiKey":"KEY","fallback":{"blocks":[{"type":"text","text":"I am {{model}} and I read you.","chunks":3}]}}""".Replace("KEY", Key, StringComparison.Ordinal));
        await using var context = await browser.NewContextAsync(app.Process);
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Settings" })).ToBeVisibleAsync();

        var card = page.Locator("article.engine", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Messages API" }) });
        await Expect(card).ToContainTextAsync("There is no key");
        await Screenshots.TakeAsync(page, "settings");
        await LookAsync(page);
        await SetAsync(card, "Address", server.Address.ToString());
        await SetAsync(card, "API key", "wrong-key");
        await card.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Expect(card).ToContainTextAsync("does not accept the key");
        await SetAsync(card, "API key", Key);
        await card.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Expect(card).ToContainTextAsync("The server answers, with 3 models.");
        await SetAsync(card, "Address", "not an address");
        await Expect(card.GetByRole(AriaRole.Alert)).ToContainTextAsync("The setting is as it was.");
        await Screenshots.TakeAsync(page, "settings-works");
        Assert.DoesNotContain(Key, await page.ContentAsync(), StringComparison.Ordinal);

        var use = page.Locator(".use", new() { HasText = "Assistant" });
        await use.Locator("select").SelectOptionAsync("anthropic");
        await Expect(use.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved ✓");
        await use.Locator("input").FillAsync("claude-opus-4-8");
        await use.Locator("input").PressAsync("Tab");
        await LookAsync(page);

        await Person.BeginAsync(page, "assistant", "Who are you?");
        await Expect(Person.Answers(page).First).ToHaveTextAsync("I am claude-opus-4-8 and I read you.");
        await Expect(page.Locator("div.engine")).ToContainTextAsync("Messages API");
        await Screenshots.TakeAsync(page, "assistant-model");
        await Person.BeginAsync(page, "console", "Who are you?");
        await Expect(page.Locator("div.engine")).ToContainTextAsync("Offline");
        problems.AssertNone();
    }

    private static async Task SetAsync(ILocator card, string label, string value)
    {
        var field = card.GetByLabel(label, new() { Exact = true });
        await field.FillAsync(value);
        await field.PressAsync("Tab");
        await Expect(card.Locator(".setting", new() { HasText = label })).ToContainTextAsync(new Regex("Saved ✓|The setting is as it was"));
    }

    private static async Task LookAsync(IPage page)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
            Assert.Empty(result.Violations.Where(violation => violation.Impact is "serious" or "critical")
                .SelectMany(violation => violation.Nodes.Select(node => $"{scheme}: {violation.Id} {node.Target} {node.Html}")));
        }
    }
}
