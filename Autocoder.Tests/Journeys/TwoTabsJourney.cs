using Microsoft.Playwright;
using static Autocoder.Tests.Journeys.ScriptedApp;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>Two tabs on one conversation show the same, whoever acts.</summary>
[Collection(SharedBrowser.Name)]
public sealed class TwoTabsJourney(ScriptedApp app) : IClassFixture<ScriptedApp>
{
    // While heldMessages is a list, what the server sends waits in it; what the page sends goes through.
    private const string HoldableWire =
        """
        window.heldMessages = null;
        window.WebSocket = class extends WebSocket {
          set onmessage(handler) {
            super.onmessage = handler && (event => window.heldMessages ? window.heldMessages.push(() => handler(event)) : handler(event));
          }
        };
        """;

    private static readonly string[] Colours = ["Red", "Green"];

    [Fact]
    public async Task A_tab_that_was_open_already_shows_the_run_of_the_other()
    {
        var text = Words(120);
        app.Play(Says("Hello."), Says(text, size: 20, delay: 20));
        await using var context = await app.NewContextAsync();
        var first = await context.NewPageAsync();
        var second = await context.NewPageAsync();
        await second.GotoAsync(JourneyApp.Address("console"));
        await Person.BeginAsync(first, "console", "A greeting for two tabs");

        // The list of the second tab learns of the conversation by itself.
        await second.GetByRole(AriaRole.Link, new() { Name = "A greeting for two tabs" }).ClickAsync();
        await Expect(Person.Answers(second)).ToHaveTextAsync("Hello.");

        await Person.SendAsync(first, "Now the story.");
        await Expect(Person.Answers(second).Last).ToContainTextAsync(Word(10));
        await Expect(Person.Ended(second)).ToHaveCountAsync(1);
        await Expect(second.Locator("article.message")).ToHaveCountAsync(2);
        await Expect(Person.Ended(second, "ok")).ToHaveCountAsync(2);
        Assert.Equal(text, await Person.ReadAsync(Person.Answers(second).Last));
        Assert.Equal(text, await Person.ReadAsync(Person.Answers(first).Last));
    }

    [Fact]
    public async Task A_question_answered_in_one_tab_closes_in_the_other_and_shows_the_answer()
    {
        app.Play(Asks("Which colour?", Colours, "Thank you."));
        await using var context = await app.NewContextAsync();
        var first = await context.NewPageAsync();
        await Person.BeginAsync(first, "console", "Ask me.");
        await Expect(Card(first)).ToBeVisibleAsync();
        var second = await context.NewPageAsync();
        await second.GotoAsync(first.Url);

        await Card(first).GetByLabel("Red").CheckAsync();
        await AnswerAsync(second, "Green");

        // Whoever was about to answer is told; whoever did answer is not.
        await Expect(Card(first)).ToHaveCountAsync(0);
        await Expect(first.GetByText("This question was answered in another tab")).ToBeVisibleAsync();
        await Expect(second.GetByText("This question was answered in another tab")).ToHaveCountAsync(0);
        foreach (var page in new[] { first, second })
        {
            await Expect(page.Locator("section.answered dd")).ToHaveTextAsync("Green");
            await Expect(Person.Answers(page)).ToHaveTextAsync("Thank you.");
        }
    }

    [Fact]
    public async Task An_answer_that_comes_late_is_refused_in_words_and_the_one_that_counts_is_shown()
    {
        app.Play(Asks("Which colour?", Colours, "Thank you."));
        await using var context = await app.NewContextAsync();
        var first = await context.NewPageAsync();
        await first.AddInitScriptAsync(HoldableWire);
        await Person.BeginAsync(first, "console", "Ask me.");
        await Card(first).GetByLabel("Red").CheckAsync();
        await Expect(Card(first).Locator("label.chosen")).ToContainTextAsync("Red");

        // The first tab does not hear of the answer in time: its network is slow in this direction.
        await first.EvaluateAsync("window.heldMessages = []");
        var second = await context.NewPageAsync();
        await second.GotoAsync(first.Url);
        await AnswerAsync(second, "Green");
        await Expect(second.Locator("section.answered dd")).ToHaveTextAsync("Green");
        await Card(first).GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        await first.EvaluateAsync("for (const deliver of window.heldMessages.splice(0)) deliver(); window.heldMessages = null");

        await Expect(first.Locator("section.answered dd")).ToHaveTextAsync("Green");
        await Expect(Card(first)).ToHaveCountAsync(0);
        await Expect(first.GetByText("This question was answered in another tab")).ToBeVisibleAsync();
    }

    private static ILocator Card(IPage page) => page.GetByRole(AriaRole.Form, new() { Name = "Question for you" });

    private static async Task AnswerAsync(IPage page, string option)
    {
        await Card(page).GetByLabel(option).CheckAsync();
        await Card(page).GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
    }
}
