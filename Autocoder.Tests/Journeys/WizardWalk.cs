using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>Goes through the wizard as a person does: words where words are asked for, what is recommended for the rest.</summary>
internal sealed class WizardWalk(IPage page, bool detailed)
{
    private const int MaxQuestions = 90;

    private static readonly (string Question, string Words)[] Words =
    [
        ("be called", "Shared lists"),
        ("which problem", "Families and flat mates keep their to-do lists together and see what is left to do."),
        ("Who will use", "Families and flat mates"),
        ("see first", "Their lists, and what is due today"),
        ("must work", "Making a list, sharing it, ticking things off"),
        ("create", "lists (name, colour), items (title, due date, done)"),
    ];

    private static readonly string[] Choices = ["Accounts", "Made for phones too", "Search", "Sharing", "Filters and order", "Dashboard"];

    public async Task FinishAsync()
    {
        var card = page.GetByRole(AriaRole.Form, new() { Name = "Question for you" });
        var finished = page.GetByText("Read it through. Approving freezes this version");
        for (var count = 0; count < MaxQuestions; count++)
        {
            await Expect(card.Or(finished).First).ToBeVisibleAsync(new() { Timeout = 20_000 });
            if (await finished.IsVisibleAsync())
            {
                return;
            }

            var legend = card.Locator("legend .text");
            var question = await legend.InnerTextAsync();
            await AnswerAsync(card, question);

            // The next question, or no question for the moment: never the same one again.
            await Expect(page.Locator("form.question legend .text", new() { HasText = question })).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        }

        throw new InvalidOperationException("The wizard does not come to an end.");
    }

    private async Task AnswerAsync(ILocator card, string question)
    {
        var options = card.Locator("label.option");
        if (await options.CountAsync() == 0)
        {
            var words = Words.FirstOrDefault(known => question.Contains(known.Question, StringComparison.OrdinalIgnoreCase)).Words;
            var skip = card.GetByRole(AriaRole.Button, new() { Name = "Skip" });
            if (words is null && await skip.IsVisibleAsync())
            {
                await skip.ClickAsync();
                return;
            }

            await card.Locator("textarea").FillAsync(words ?? "As you think best");
            await card.Locator("textarea").PressAsync("Enter");
            return;
        }

        var labels = await options.Locator(".label > span").AllInnerTextsAsync();
        var wanted = detailed ? labels.ToList().FindIndex(label => label.StartsWith("Detailed", StringComparison.Ordinal)) : -1;
        if (wanted >= 0)
        {
            // By keyboard: a digit chooses, Enter goes on.
            await options.First.Locator("input").FocusAsync();
            await page.Keyboard.PressAsync($"{wanted + 1}");
            await page.Keyboard.PressAsync("Enter");
            return;
        }

        var isMultiple = await options.First.Locator("input[type=checkbox]").CountAsync() > 0;
        for (var i = 0; i < labels.Count; i++)
        {
            if ((isMultiple && Choices.Any(choice => labels[i].StartsWith(choice, StringComparison.Ordinal)))
                || (!isMultiple && labels[i].Contains("recommended", StringComparison.Ordinal)))
            {
                await options.Nth(i).Locator("input").CheckAsync();
            }
        }

        if (await options.Locator("input:checked").CountAsync() == 0)
        {
            await options.First.Locator("input").CheckAsync();
        }

        await card.Locator("button[type=submit]").ClickAsync();
    }
}
