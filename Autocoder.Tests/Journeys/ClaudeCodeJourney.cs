using System.Text.Json;
using Autocoder.Core.Specs;
using Autocoder.Core.Specs.Composing;
using Autocoder.Tests.Engines.ClaudeCode;
using Autocoder.Tests.Specs;
using Autocoder.Tests.TestSupport.ScriptedAnthropic;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>The three surfaces on the real Claude Code program, whose model is a script: what a person with a sign-in does in a morning.</summary>
[Collection(SharedBrowser.Name)]
public sealed class ClaudeCodeJourney(BrowserFixture browser) : IAsyncLifetime
{
    private ScriptedServer _server = null!;
    private AppProcess _app = null!;
    private string _folder = "";

    public async Task InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync(Scenario());
        _app = await AppProcess.StartAsync(
            "--Autocoder:Engine:Default=claude-code", $"--Autocoder:ClaudeCode:Path={ClaudeProgram.Path}", "--Autocoder:ClaudeCode:ApiKey=test-key",
            $"--Autocoder:ClaudeCode:BaseUrl={_server.Address.ToString().TrimEnd('/')}");
        _folder = _app.NewProjectFolder(JourneyApp.Project);
        _server.With("cwd", _folder).With("spec", SpecXml.Render(SpecComposer.Compose(SpecPerson.QuickTodo.Interview())));
        Directory.CreateDirectory(Path.Combine(_folder, "src"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "src", "greeting.py"), "def greeting(name):\n    return f'Hello {name}'\n");
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_spec_is_agreed_on_questions_are_answered_from_the_files_and_code_is_changed_with_consent()
    {
        await using var context = await browser.NewContextAsync(_app);
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        await Person.CreateProjectAsync(page, JourneyApp.Project, _folder);

        await SpecifyAsync(page);
        await AskAsync(page);
        await ChangeAsync(page);
        problems.AssertNone();

        await StopAndGoOnAsync(page);
    }

    private async Task SpecifyAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        var card = page.GetByRole(AriaRole.Form, new() { Name = "Question for you" });
        await Expect(card).ToContainTextAsync("Who will use it?", new() { Timeout = 30_000 });
        await Screenshots.TakeAsync(page, "claude-question");
        await card.Locator("label.option", new() { HasText = "A family" }).Locator("input").CheckAsync();
        await card.Locator("button[type=submit]").ClickAsync();

        await Expect(page.GetByText("The draft is there.")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.False(Directory.Exists(Path.Combine(_folder, "prompts")));
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve and write" }).ClickAsync();
        await Expect(page.GetByText("Version 1 is approved")).ToBeVisibleAsync();
        Assert.True(File.Exists(Path.Combine(_folder, "prompts", "app_spec.txt")));
        Assert.Contains("A family", _server.Calls[^1].Text, StringComparison.Ordinal);
    }

    private async Task AskAsync(IPage page)
    {
        var before = TreeHash.Of(_folder);
        await Person.BeginAsync(page, "assistant", "Where is the greeting made?");
        await Expect(Person.Answers(page).Last).ToContainTextAsync("src/greeting.py:1", new() { Timeout = 30_000 });
        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(1);
        Assert.Equal(before, TreeHash.Of(_folder));
        await Screenshots.TakeAsync(page, "claude-assistant");
    }

    private async Task ChangeAsync(IPage page)
    {
        await Person.BeginAsync(page, "console", "Change the greeting to Hi.");
        var card = page.Locator("section.approval");
        await Expect(card.Locator(".added").First).ToContainTextAsync("Hi", new() { Timeout = 30_000 });
        await Screenshots.TakeAsync(page, "claude-approval");
        Assert.Contains("Hello", await File.ReadAllTextAsync(Path.Combine(_folder, "src", "greeting.py")), StringComparison.Ordinal);
        await AllowAsync(card);

        await Expect(card.Locator("pre.command")).ToContainTextAsync("sh -c 'grep -c Hi src/greeting.py'", new() { Timeout = 30_000 });
        await AllowAsync(card);
        await Expect(page.GetByText("Changed, tried and looked at.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(Person.Ended(page, "ok")).ToHaveCountAsync(1);
        await Expect(page.Locator("section.agent")).ToContainTextAsync("explorer");
        Assert.Contains("Hi ", await File.ReadAllTextAsync(Path.Combine(_folder, "src", "greeting.py")), StringComparison.Ordinal);
        await Screenshots.TakeAsync(page, "claude-console");
    }

    private async Task StopAndGoOnAsync(IPage page)
    {
        await Person.SendAsync(page, "Count slowly.");
        await Expect(page.GetByText("tick3")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).First.ClickAsync();
        await Expect(page.Locator("section.ended")).ToHaveCountAsync(2, new() { Timeout = 15_000 });

        await _app.KillAsync();
        await _app.StartAgainAsync();
        await page.ReloadAsync();
        await Person.SendAsync(page, "What did we do?");
        await Expect(page.GetByText("You said: What did we do?")).ToBeVisibleAsync(new() { Timeout = 30_000 });

        // The program's own session was resumed: its model is shown what was said before the server died.
        Assert.Contains("Change the greeting to Hi.", _server.Calls[^1].Text, StringComparison.Ordinal);
    }

    private static async Task AllowAsync(ILocator card)
    {
        // A press right after the card came up is not taken for a decision.
        await card.Page.WaitForTimeoutAsync(800);
        await card.GetByRole(AriaRole.Button, new() { Name = "Allow once" }).ClickAsync();
    }

    private static string Scenario()
    {
        object question = new
        {
            questions = new[]
            {
                new
                {
                    question = "Who will use it?", header = "People", multiSelect = false,
                    options = new[] { new { label = "Just me", description = "One person." }, new { label = "A family", description = "A few who know each other." } },
                },
            },
        };
        return JsonSerializer.Serialize(new
        {
            routes = new[]
            {
                Route(new { system = "You interview a person", assistantTurns = 0 }, Text("One question first."), Use("AskUserQuestion", question)),
                Route(new { system = "You interview a person", assistantTurns = 1 }, Use("Write", new { file_path = "{{cwd}}/prompts/app_spec.txt", content = "{{spec}}" })),
                Route(new { system = "You interview a person" }, Text("The draft is there.")),
                Route(new { firstUserText = "Where is the greeting", assistantTurns = 0 }, Use("Read", new { file_path = "{{cwd}}/src/greeting.py" })),
                Route(new { firstUserText = "Where is the greeting" }, Text("It is made in `src/greeting.py:1`.")),
                Route(new { firstUserText = "LOOK-AROUND" }, Text("There is one greeting.")),
                Route(new { lastUserText = "Count slowly" }, new Pace(100), new { type = "text", repeat = new { text = "tick{{i}} ", count = 600 } }),
                Route(new { lastUserText = "What did we do" }, Text("You said: What did we do?")),
                Route(new { firstUserText = "Change the greeting", assistantTurns = 0 }, Use("Read", new { file_path = "{{cwd}}/src/greeting.py" })),
                Route(new { firstUserText = "Change the greeting", assistantTurns = 1 }, Use("mcp__autocoder__Edit", new { path = "src/greeting.py", old_text = "Hello", new_text = "Hi" })),
                Route(new { firstUserText = "Change the greeting", assistantTurns = 2 }, Use("mcp__autocoder__Bash", new { command = "sh -c 'grep -c Hi src/greeting.py'" })),
                Route(new { firstUserText = "Change the greeting", assistantTurns = 3 }, Use("mcp__autocoder__Agent", new { agent = "explorer", task = "LOOK-AROUND for other greetings." })),
                Route(new { firstUserText = "Change the greeting" }, Text("Changed, tried and looked at.")),
            },
        });
    }

    private static object Route(object match, params object[] blocks) => new { match, turn = new { blocks } };

    private static object Route(object match, Pace pace, object block) => new { match, turn = new { blocks = new[] { block }, betweenDeltasMs = pace.Milliseconds } };

    private static object Text(string text) => new { type = "text", text, chunks = 2 };

    private static object Use(string name, object input) => new { type = "tool_use", name, input };

    private sealed record Pace(int Milliseconds);
}
