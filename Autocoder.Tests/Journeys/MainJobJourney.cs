using System.Xml.Linq;
using Autocoder.Core.Assistant;
using Autocoder.Core.Projects;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Autocoder.Tests.Journeys;

/// <summary>From an idea to an initialized project one can ask about, in a real browser, with no key.</summary>
[Collection(SharedBrowser.Name)]
public sealed class MainJobJourney(BrowserFixture browser)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_idea_becomes_a_specification_a_backlog_and_answers(bool detailed)
    {
        await using var app = await AppProcess.StartAsync();
        await using var context = await browser.NewContextAsync(app);
        var page = await context.NewPageAsync();
        var problems = new PageProblems(page);
        var folder = app.NewProjectFolder("shared-lists");

        await CreateProjectAsync(page, folder);
        await WriteSpecificationAsync(page, folder, detailed);
        await InitializeAsync(page, folder);
        await AskAsync(page, folder);
        await Screenshots.TakeAsync(await HomeAsync(page), "projects");

        problems.AssertNone();
    }

    private static async Task<IPage> HomeAsync(IPage page)
    {
        await page.GotoAsync("/");
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        return page;
    }

    private static async Task CreateProjectAsync(IPage page, string folder)
    {
        await page.GotoAsync("/");
        await Expect(page.GetByText("What do you want to build?")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "start");
        await page.GetByRole(AriaRole.Button, new() { Name = "Describe your app" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("shared-lists");
        await page.GetByLabel("Folder", new() { Exact = true }).FillAsync(folder);
        await page.GetByLabel("Folder", new() { Exact = true }).PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the project" }).ClickAsync();
        await page.WaitForURLAsync("**/projects/shared-lists/spec");
    }

    private static async Task WriteSpecificationAsync(IPage page, string folder, bool detailed)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Form, new() { Name = "Question for you" })).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "spec-question");
        await new WizardWalk(page, detailed).FinishAsync();
        await Expect(page.Locator("section.ended.ok")).ToBeVisibleAsync();
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        await Screenshots.TakeAsync(page, "spec-draft");

        await page.GetByRole(AriaRole.Button, new() { Name = "Approve…" }).ClickAsync();
        await Expect(page.GetByText("prompts/app_spec.txt").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve and write" }).ClickAsync();
        await Expect(page.GetByText("Version 1 is approved")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "spec-approved");

        var spec = XDocument.Load(Path.Combine(folder, "prompts", "app_spec.txt"));
        Assert.Equal("project_specification", spec.Root!.Name.LocalName);
        Assert.True(int.Parse(spec.Root.Element("feature_count")!.Value, System.Globalization.CultureInfo.InvariantCulture) >= 20);
        Assert.True(File.Exists(Path.Combine(folder, "prompts", "initializer_prompt.md")));
    }

    private static async Task InitializeAsync(IPage page, string folder)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to the console" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Initialize project" })).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "console-start");
        await page.GetByRole(AriaRole.Button, new() { Name = "Initialize project" }).ClickAsync();
        await Expect(page.Locator("section.ended.ok")).ToBeVisibleAsync(new() { Timeout = 90_000 });

        Assert.True(Path.Exists(Path.Combine(folder, ".git")), "There is no git repository.");
        Assert.True(File.Exists(Path.Combine(folder, "init.sh")));
        await Expect(page.GetByText("0 of ").First).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "console");
    }

    private static async Task AskAsync(IPage page, string folder)
    {
        await page.GotoAsync("/projects/shared-lists/assistant");
        await Expect(page.GetByText("Ask about shared-lists")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "assistant-start");
        var before = TreeHash.Of(folder);
        await SendAsync(page, "How far is this project?");
        await Expect(page.Locator(".markdown").Last).ToContainTextAsync("0 of");

        await SendAsync(page, "Where is SQLite mentioned?");
        await Expect(page.GetByText("cited, all found in the files").Last).ToBeVisibleAsync();
        await Screenshots.TakeAsync(page, "assistant");
        var answer = await page.Locator(".markdown").Last.InnerTextAsync();
        var citations = CitationParser.Parse(answer);
        Assert.NotEmpty(citations);
        var checkedOnes = await new CitationChecker(ProjectFolder.Open(folder)).CheckAsync(citations, seen: null, CancellationToken.None);
        Assert.All(checkedOnes, citation => Assert.Equal(CitationStatus.Exists, citation.Status));
        Assert.Equal(before, TreeHash.Of(folder));
    }

    private static async Task SendAsync(IPage page, string question)
    {
        var ends = page.Locator("section.ended");
        var endedBefore = await ends.CountAsync();
        var box = page.GetByPlaceholder("Ask about this project…");
        await box.FillAsync(question);
        await box.PressAsync("Enter");
        await Expect(ends).ToHaveCountAsync(endedBefore + 1, new() { Timeout = 30_000 });
    }
}
