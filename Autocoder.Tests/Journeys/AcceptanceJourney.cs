using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Autocoder.Tests.Journeys.ScriptedApp;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>The acceptance list of the run core, as a person sees it.</summary>
[Collection(SharedBrowser.Name)]
public sealed class AcceptanceJourney(ScriptedApp app) : IClassFixture<ScriptedApp>
{
    // Cannot be split by a shell or a log: whoever runs it shows up under this name.
    private const string Blocking = "sleep 7077; touch slept.txt";

    [Fact]
    public async Task A_tab_that_was_idle_a_reload_and_a_slow_tab_all_show_the_one_run()
    {
        var text = Words(500);
        app.Play(Says("Hello."), Says(text, size: 20, delay: 25));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await Person.BeginAsync(page, "console", "A long run");
        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(1);
        var idle = await context.NewPageAsync();
        await idle.GotoAsync(page.Url);
        await Expect(Person.Ended(idle, "ok")).ToHaveCountAsync(1);
        var slow = await context.NewPageAsync();
        await slow.GotoAsync(page.Url);
        await Expect(Person.Ended(slow, "ok")).ToHaveCountAsync(1);
        await ThrottleAsync(slow, bytesPerSecond: 1024);

        await Person.SendAsync(page, "Now the long run.");
        await Expect(Person.Answers(idle).Last).ToContainTextAsync(Word(20));
        await page.ReloadAsync();
        await Expect(Person.Answers(page).Last).ToContainTextAsync(Word(60));
        Assert.StartsWith(await Person.ReadAsync(Person.Answers(page).Last), text, StringComparison.Ordinal);
        await Expect(Person.Ended(page)).ToHaveCountAsync(1);

        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        await Expect(Person.Ended(idle, "ok")).ToHaveCountAsync(2);
        Assert.Equal(text, await Person.ReadAsync(Person.Answers(page).Last));
        Assert.Equal(text, await Person.ReadAsync(Person.Answers(idle).Last));
        Assert.NotEqual(text, await Person.ReadAsync(Person.Answers(slow).Last));

        await ThrottleAsync(slow, bytesPerSecond: -1);
        await Expect(Person.Ended(slow, "ok")).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        Assert.Equal(text, await Person.ReadAsync(Person.Answers(slow).Last));
    }

    [Fact]
    public async Task What_one_tab_shows_is_approved_in_another_and_a_stop_ends_the_blocking_tool()
    {
        app.Play(Runs(Blocking, "Never said."));
        await using var context = await app.NewContextAsync();
        var first = await context.NewPageAsync();
        await Person.BeginAsync(first, "console", "Wait for something");
        await Expect(Approval(first)).ToContainTextAsync(Blocking);
        var second = await context.NewPageAsync();
        await second.GotoAsync(first.Url);

        await Approval(second).GetByRole(AriaRole.Button, new() { Name = "Allow once" }).ClickAsync();
        await Expect(Approval(first)).ToHaveCountAsync(0);
        await Expect(first.Locator(".approved.yes")).ToContainTextAsync("Allowed once");
        await WaitForProcessAsync(isThere: true);

        var watch = Stopwatch.StartNew();
        await Person.Composer(first).GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(Person.Ended(first, "paused")).ToContainTextAsync("Stopped by you.", new() { Timeout = 6_000 });
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6), $"It took {watch.Elapsed}.");
        await Expect(second.Locator("section.tool .mark")).ToHaveAttributeAsync("aria-label", "stopped");
        await WaitForProcessAsync(isThere: false);
    }

    [Fact]
    public async Task A_server_killed_in_the_middle_of_a_tool_says_what_is_unknown_and_offers_to_go_on()
    {
        app.Play(Runs(Blocking, "Never said."), Says("I looked, and went on."));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await Person.BeginAsync(page, "console", "Begin something");
        await Approval(page).GetByRole(AriaRole.Button, new() { Name = "Allow once" }).ClickAsync();
        await WaitForProcessAsync(isThere: true);

        await app.Process.KillAsync();
        await app.Process.StartAgainAsync();

        await Expect(page.GetByText("Interrupted: Autocoder stopped while this was running.").First).ToBeVisibleAsync();
        await Expect(Person.Answers(page).First).ToHaveTextAsync("I run it.");
        await Expect(page.Locator("section.ended")).ToContainTextAsync("Nobody knows whether this was done");
        await WaitForProcessAsync(isThere: false);

        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(Person.Answers(page).Last).ToHaveTextAsync("I looked, and went on.");
        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_same_prompt_sent_twice_is_one_run()
    {
        app.Play(Says("Once."), Says("Twice."));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await Person.BeginAsync(page, "console", "Say it.");
        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(1);
        using var http = new HttpClient { BaseAddress = app.Process.Address };
        var id = new Uri(page.Url).Segments[^1].Trim('/');
        var prompt = new { promptId = Guid.NewGuid(), text = "Again." };

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => http.PostAsJsonAsync($"/api/conversations/{id}/prompts", prompt)));

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(2);
        await Expect(page.Locator("article.message")).ToHaveCountAsync(2);
        await Expect(Person.Answers(page).Last).ToHaveTextAsync("Twice.");
        var events = await http.GetFromJsonAsync<JsonElement>($"/api/conversations/{id}/events?limit=500");
        Assert.Equal(2, events.GetProperty("events").EnumerateArray().Count(item => item.GetProperty("kind").GetString() == "run_started"));
    }

    private static ILocator Approval(IPage page) => page.Locator("section.approval");

    private static object Runs(string command, string then) => new
    {
        steps = new object[]
        {
            new { text = "I run it.", tools = new[] { new { tool = "Bash", arguments = new { command } } } },
            new { text = then },
        },
    };

    private static async Task ThrottleAsync(IPage page, int bytesPerSecond)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = false,
            ["latency"] = 0,
            ["downloadThroughput"] = bytesPerSecond,
            ["uploadThroughput"] = bytesPerSecond,
        });
    }

    private static async Task WaitForProcessAsync(bool isThere)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (Process.GetProcessesByName("sleep").Any(IsOurs) != isThere)
        {
            await Task.Delay(50, limit.Token);
        }
    }

    private static bool IsOurs(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Contains("7077", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
