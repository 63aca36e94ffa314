using Microsoft.Playwright;
using static Autocoder.Tests.Journeys.ScriptedApp;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>A person stops what runs, and writes while it runs.</summary>
[Collection(SharedBrowser.Name)]
public sealed class StopAndQueueJourney(ScriptedApp app) : IClassFixture<ScriptedApp>
{
    [Fact]
    public async Task A_stopped_run_keeps_its_text_and_the_composer_works()
    {
        var text = Words(3000);
        app.Play(Says(text, size: 20, delay: 20), Says("Here I am again."));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await Person.BeginAsync(page, "console", "Talk.");
        await Expect(Person.Answers(page)).ToContainTextAsync(Word(20));
        await Person.Composer(page).GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        await Expect(Person.Ended(page, "paused")).ToContainTextAsync("Stopped by you.");
        var kept = await Person.ReadAsync(Person.Answers(page));
        Assert.StartsWith(kept, text, StringComparison.Ordinal);
        Assert.Contains(Word(20), kept, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(Person.Ended(page, "paused")).ToBeVisibleAsync();
        Assert.Equal(kept, await Person.ReadAsync(Person.Answers(page)));

        await Person.SendAsync(page, "Are you there?");
        await Expect(Person.Answers(page).Last).ToHaveTextAsync("Here I am again.");
    }

    [Fact]
    public async Task What_is_sent_while_a_run_goes_on_waits_visibly_and_can_be_withdrawn()
    {
        app.Play(Says(Words(350), size: 20, delay: 20), Says("The answer to the second."));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await Person.BeginAsync(page, "console", "Talk a while.");
        await Expect(Person.Answers(page)).ToContainTextAsync(Word(2));

        var queue = page.GetByRole(AriaRole.Region, new() { Name = "Queued messages" });
        await Person.SendAsync(page, "Never mind this one");
        await Expect(queue.Locator(".text")).ToHaveTextAsync("Never mind this one");
        await queue.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await Expect(queue).ToHaveCountAsync(0);
        await Expect(Person.TextBox(page)).ToHaveValueAsync("Never mind this one");

        await Person.SendAsync(page, "This one counts");
        await Expect(queue.Locator(".text")).ToHaveTextAsync("This one counts");
        await Expect(Person.Ended(page)).ToHaveCountAsync(0);

        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(2);
        await Expect(queue).ToHaveCountAsync(0);
        await Expect(page.Locator("article.message .text")).ToHaveTextAsync(["Talk a while.", "This one counts"]);
        await Expect(Person.Answers(page).Last).ToHaveTextAsync("The answer to the second.");
    }
}
