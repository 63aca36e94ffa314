using Autocoder.Tests.Attachments;
using Microsoft.Playwright;
using static Autocoder.Tests.Journeys.ScriptedApp;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>What should not happen, happens: each time a sentence says so, nothing is lost, and the page stays usable.</summary>
[Collection(SharedBrowser.Name)]
public sealed class BadInputJourney(ScriptedApp app) : IClassFixture<ScriptedApp>
{
    private const int Pasted = 400_000;

    // One pixel, as an encoder writes it: a browser can show it.
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    [Theory]
    [InlineData("console")]
    [InlineData("assistant")]
    public async Task An_unknown_conversation_is_said_to_be_unknown(string surface)
    {
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{JourneyApp.Address(surface)}/0199a000-0000-7000-8000-000000000000");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no conversation");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Open the {surface}" }).ClickAsync();
        await Expect(Person.TextBox(page)).ToBeVisibleAsync();
        await Expect(page.GetByText("There is no conversation")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("/projects/nobody-knows/console", "There is no project “nobody-knows”")]
    [InlineData("/projects/journey/console/not-a-conversation", "There is nothing at this address")]
    [InlineData("/nowhere", "There is nothing at this address")]
    public async Task An_address_that_leads_nowhere_says_so_and_leads_back(string address, string heading)
    {
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to your projects" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_deleted_project_folder_is_missed_in_words_and_can_be_located()
    {
        app.Play(Says("Hello."), LooksAround());
        const string Name = "goes-away";
        var folder = app.Process.NewProjectFolder(Name);
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await Person.CreateProjectAsync(page, Name, folder);
        await page.GotoAsync($"/projects/{Name}/console");
        await Person.SendFirstAsync(page, "Hello");
        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync();

        Directory.Delete(folder, recursive: true);
        await Person.SendAsync(page, "Look around");
        await Expect(Person.Ended(page, "bad")).ToContainTextAsync("folder");
        await Expect(Person.Ended(page, "bad")).ToContainTextAsync(folder);

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"The folder of {Name} is missing" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to your projects" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Name });
        await Expect(row).ToContainTextAsync("Folder missing");
        await row.GetByRole(AriaRole.Button, new() { Name = "Locate…", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(folder);
    }

    [Fact]
    public async Task A_paste_of_400_KB_arrives_whole()
    {
        app.Play(Says("Read."));
        var text = string.Concat(Enumerable.Range(0, Pasted / 100).Select(number => $"{number:0000} {new string('x', 94)}\n"));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(JourneyApp.Address("console"));

        // As a paste does it: at once. Typing so many lines is slow in Chromium itself.
        await Person.TextBox(page).EvaluateAsync(
            "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })); }", text);
        await Expect(Person.SendButton(page)).ToBeEnabledAsync();
        await Person.TextBox(page).PressAsync("Enter");
        await Expect(Person.Answers(page)).ToHaveTextAsync("Read.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all (400,000 characters)" }).ClickAsync();
        await Expect(page.Locator("article.message .text")).ToContainTextAsync("3999 x");
        Assert.Equal(text, await page.Locator("article.message .text").TextContentAsync());
    }

    [Fact]
    public async Task A_text_of_1_MB_is_refused_and_stays()
    {
        app.Play(Says("Read."));
        var text = new string('x', 1024 * 1024);
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(JourneyApp.Address("console"));
        await Person.TextBox(page).FillAsync(text);
        await Expect(Person.SendButton(page)).ToBeEnabledAsync();
        await Person.TextBox(page).PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("at most 400,000 characters");
        Assert.Equal(text.Length, (await Person.TextBox(page).InputValueAsync()).Length);
        Assert.EndsWith("/console", page.Url, StringComparison.Ordinal);

        await Person.TextBox(page).FillAsync("Short");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Person.TextBox(page).PressAsync("Enter");
        await Expect(Person.Answers(page)).ToHaveTextAsync("Read.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n \t ")]
    public async Task Nothing_cannot_be_sent(string text)
    {
        app.Play(Says("Read."));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await Person.BeginAsync(page, "console", "Something");
        await Expect(Person.Ended(page, "ok")).ToBeVisibleAsync();
        await Person.TextBox(page).FillAsync(text);
        await Expect(Person.SendButton(page)).ToBeDisabledAsync();
        await Person.TextBox(page).PressAsync("Enter");

        await Person.SendAsync(page, "Something else");
        await Expect(page.Locator("article.message .text")).ToHaveTextAsync(["Something", "Something else"]);
    }

    [Theory]
    [InlineData("{ \"name\": \"journey\", \"turns\": [ { \"stepz\": [] } ] }", "stepz")]
    [InlineData("{ \"name\": ", "journey.json")]
    public async Task A_malformed_scenario_fails_the_run_in_words(string scenario, string word)
    {
        app.Write(scenario);
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await Person.BeginAsync(page, "console", "Play it.");
        await Expect(Person.Ended(page, "bad")).ToContainTextAsync("journey.json");
        await Expect(Person.Ended(page, "bad")).ToContainTextAsync(word);

        app.Play(Says("Not this one."), Says("Mended."));
        await Person.SendAsync(page, "Play it now.");
        await Expect(Person.Answers(page)).ToHaveTextAsync("Mended.");
        problems.AssertNone();
    }

    [Fact]
    public async Task A_picture_is_attached_and_shown_but_not_what_is_only_called_one()
    {
        app.Play(Says("Seen."));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(JourneyApp.Address("console"));
        await AttachAsync(page, new FilePayload { Name = "notes.png", MimeType = "image/png", Buffer = "Only words."u8.ToArray() });
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not a PNG, JPEG, GIF or WebP");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);

        await AttachAsync(page, new FilePayload { Name = "dot.png", MimeType = "image/png", Buffer = Picture });
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Attachments" }).GetByText("dot.png")).ToBeVisibleAsync();
        await Person.SendFirstAsync(page, "What is this?");

        var picture = page.Locator("article.message").GetByRole(AriaRole.Img, new() { Name = "dot.png" });
        await Expect(picture).ToBeVisibleAsync();
        await Expect(picture).ToHaveJSPropertyAsync("naturalWidth", 1);
        await Expect(Person.Answers(page)).ToHaveTextAsync("Seen.");
    }

    [Fact]
    public async Task An_eleventh_picture_is_left_out_in_words()
    {
        app.Play(Says("Seen."));
        await using var context = await app.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(JourneyApp.Address("console"));
        await AttachAsync(page, [.. Enumerable.Range(1, 11).Select(side =>
            new FilePayload { Name = $"picture-{side}.png", MimeType = "image/png", Buffer = TestImage.Png(side, side) })]);

        var attached = page.GetByRole(AriaRole.List, new() { Name = "Attachments" }).GetByRole(AriaRole.Listitem);
        await Expect(attached).ToHaveCountAsync(10);
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("at most 10");
        await Person.SendFirstAsync(page, "Look at these.");
        await Expect(page.Locator("article.message").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(10);
    }

    private static object LooksAround() => new
    {
        steps = new object[]
        {
            new { tools = new[] { new { tool = "Glob", arguments = new { pattern = "**/*" } } } },
            new { text = "Looked." },
        },
    };

    // Once the composer has noticed a text, it notices files too.
    private static async Task AttachAsync(IPage page, params FilePayload[] files)
    {
        await Person.TextBox(page).FillAsync("Look at this.");
        await Expect(Person.SendButton(page)).ToBeEnabledAsync();
        await page.GetByLabel("Attach pictures or files").SetInputFilesAsync(files);
    }
}
