using Autocoder.Core.Assistant;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Projects;

namespace Autocoder.Tests.Engines;

/// <summary>Each kind of question, asked about a small project that really exists, through the real tools.</summary>
public sealed class OfflineAssistantTests : IAsyncLifetime
{
    private OfflineBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await OfflineBench.CreateAsync();
        var files = _bench.Files;
        files.Write("README.md", "# Tasks\n\nTasks keeps lists of things to do and shares them.\n\n## Start\n\nRun `npm start`.\n");
        files.Write("package.json", "{\n  \"name\": \"tasks\",\n  \"scripts\": { \"start\": \"node server.js\" },\n  \"dependencies\": { \"express\": \"^5.0.0\" }\n}\n");
        files.Write("package-lock.json", "{\n  \"login\": 1,\n  \"login-a\": 2,\n  \"login-b\": 3,\n  \"login-c\": 4,\n  \"login-d\": 5,\n  \"TodoList\": 6\n}\n");
        files.Write("server.js", "import express from 'express';\nimport { TodoList } from './src/todoList.js';\n\nconst app = express();\napp.get('/api/lists', (request, response) => response.json([]));\napp.post('/api/login', login);\n");
        files.Write("src/todoList.js", "// A list of things to do.\n// Knows nothing of the server.\nimport { save } from './storage.js';\n\nexport class TodoList {\n  constructor(name) {\n    this.name = name;\n  }\n}\n\nexport function sortByDate(items) {\n  return items.sort();\n}\n");
        files.Write("src/storage.js", "export function save(item) {\n  // LATER: really save it\n}\n");
        files.Write("src/Auth/LoginService.cs", "namespace Tasks.Auth;\n\n/// <summary>Checks passwords.</summary>\npublic sealed class LoginService\n{\n    public bool Check(string name, string password) => false;\n}\n");
        files.Write("docs/notes.md", "# Notes\n\nThe login needs work. The TodoList too.\n");
        files.Write("prompts/app_spec.txt", "<project_specification>\n  <project_name>Tasks</project_name>\n  <overview>\n    A to-do list that people share.\n  </overview>\n</project_specification>\n");
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("hello")]
    [InlineData("Help!")]
    [InlineData("what can you do?")]
    public async Task A_greeting_is_answered_without_looking(string prompt)
    {
        var answer = await AskAsync(prompt);

        Assert.Contains("no language model", answer, StringComparison.Ordinal);
        Assert.Empty(Calls());
    }

    [Theory]
    [InlineData("Where is TodoList defined?")]
    [InlineData("where's `TodoList`?")]
    [InlineData("find todo_list")]
    [InlineData("Where is the \"class TodoList\"?")]
    public async Task A_definition_comes_before_mentions(string prompt)
    {
        var answer = await AskAsync(prompt);

        Assert.Contains("`src/todoList.js:5`", answer, StringComparison.Ordinal);
        Assert.Contains("export class TodoList {", answer, StringComparison.Ordinal);
        Assert.True(Place(answer, "src/todoList.js:5") < Place(answer, "server.js:2"), answer);
    }

    [Theory]
    [InlineData("where is the login?")]
    [InlineData("Where are logins handled?")]
    public async Task Words_are_found_in_code_before_documents_and_lock_files_last(string prompt)
    {
        var answer = await AskAsync(prompt);

        Assert.Contains("`src/Auth/LoginService.cs:4`", answer, StringComparison.Ordinal);
        Assert.True(Place(answer, "src/Auth/LoginService.cs") < Place(answer, "docs/notes.md"), answer);
        Assert.True(Place(answer, "docs/notes.md") < Place(answer, "package-lock.json"), answer);
    }

    [Fact]
    public async Task Quoted_words_are_searched_as_they_stand()
    {
        var answer = await AskAsync("find \"LATER: really\"");

        Assert.Contains("`src/storage.js:2`", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_of_the_finger_is_forgiven_where_a_file_has_the_word()
    {
        var answer = await AskAsync("where is the stroage?");

        Assert.Contains("`storage`", answer, StringComparison.Ordinal);
        Assert.Contains("src/storage.js", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_is_said_and_nothing_is_made_up()
    {
        var answer = await AskAsync("where is the spaceship?");

        Assert.Contains("found nothing for `spaceship`", answer, StringComparison.Ordinal);
        Assert.Empty(CitationParser.Parse(answer));
    }

    [Theory]
    [InlineData("what does src/todoList.js do?")]
    [InlineData("explain `todoList.js`")]
    [InlineData("Describe src/todoList.js please")]
    [InlineData("src/todoList.js")]
    public async Task A_file_is_explained_by_its_comment_its_declarations_and_its_imports(string prompt)
    {
        var answer = await AskAsync(prompt);

        Assert.Contains("JavaScript with 13 lines", answer, StringComparison.Ordinal);
        Assert.Contains("A list of things to do. Knows nothing of the server. (`src/todoList.js:1-2`)", answer, StringComparison.Ordinal);
        Assert.Contains("`class TodoList` `src/todoList.js:5`", answer, StringComparison.Ordinal);
        Assert.Contains("`function sortByDate` `src/todoList.js:11`", answer, StringComparison.Ordinal);
        Assert.Contains("`src/todoList.js:3`", answer, StringComparison.Ordinal);
        Assert.Contains("`server.js:2`", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_the_answer_before_can_be_asked_about()
    {
        await AskAsync("where is sortByDate?");

        Assert.Contains("`function sortByDate` `src/todoList.js:11`", await AskAsync("what does this file do?"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what does LoginService do?")]
    [InlineData("explain LoginService")]
    public async Task A_name_is_explained_by_where_it_is_declared(string prompt) =>
        Assert.Contains("`src/Auth/LoginService.cs:4`", await AskAsync(prompt), StringComparison.Ordinal);

    [Fact]
    public async Task A_file_that_is_not_there_is_said_and_a_similar_one_offered()
    {
        Assert.Contains("no file `src/todoLsit.js`", await AskAsync("what does src/todoLsit.js do?"), StringComparison.Ordinal);
        Assert.Contains("Did you mean `src/storage.js`?", await AskAsync("what does storage.ts do?"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Give me an overview of the project")]
    [InlineData("what is this project about?")]
    [InlineData("what is the tech stack?")]
    public async Task An_overview_quotes_specification_readme_and_manifest(string prompt)
    {
        var answer = await AskAsync(prompt);

        Assert.Contains("A to-do list that people share. (`prompts/app_spec.txt:4`)", answer, StringComparison.Ordinal);
        Assert.Contains("Tasks keeps lists of things to do and shares them. (`README.md:3`)", answer, StringComparison.Ordinal);
        Assert.Contains("`express: ^5.0.0`", answer, StringComparison.Ordinal);
        Assert.Contains("`package.json:4`", answer, StringComparison.Ordinal);
        Assert.Contains("JavaScript (3)", answer, StringComparison.Ordinal);
        Assert.Contains("no backlog yet", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("How far is this project?")]
    [InlineData("what's done?")]
    [InlineData("whats the progess")]
    [InlineData("what's next?")]
    [InlineData("where are we?")]
    public async Task Progress_comes_from_the_backlog(string prompt)
    {
        await _bench.Backlog.CreateAsync(BacklogFileDraft("Create a list"), BacklogFileDraft("Share a list", 0), BacklogFileDraft("Sort a list"));
        await _bench.Backlog.Backlog.ClaimAsync(_bench.Backlog.ProjectId, 3, CancellationToken.None);
        await _bench.Backlog.Backlog.MarkPassingAsync(_bench.Backlog.ProjectId, 3, "npm test, exit code 0", CancellationToken.None);

        var answer = await AskAsync(prompt);

        Assert.Contains("**1 of 3 features is done (33.3 %)**", answer, StringComparison.Ordinal);
        Assert.Contains("| Lists | 1 | 3 |", answer, StringComparison.Ordinal);
        Assert.Contains("**Next**: feature 1, Create a list", answer, StringComparison.Ordinal);
        Assert.Contains("2, Share a list, which waits for 1", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_without_a_backlog_says_what_to_do()
    {
        var answer = await AskAsync("how far is this project?");

        Assert.Contains("no backlog yet", answer, StringComparison.Ordinal);
        Assert.Contains("Initialize project", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Features_are_listed_and_one_is_shown()
    {
        await _bench.Backlog.CreateAsync(BacklogFileDraft("Create a list"), BacklogFileDraft("Share a list", 0));

        Assert.Contains("- 2. Share a list", await AskAsync("list the features"), StringComparison.Ordinal);
        Assert.Contains("It needs feature 1 first.", await AskAsync("show feature #2"), StringComparison.Ordinal);
        Assert.Contains("no feature 9", await AskAsync("feature 9"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_needs_a_model_is_said_plainly_and_its_words_are_looked_for()
    {
        var answer = await AskAsync("Why would somebody prefer the storage to be asynchronous?");

        Assert.Contains("without a language model", answer, StringComparison.Ordinal);
        Assert.Contains("src/storage.js", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("where is TodoList?")]
    [InlineData("where is the login?")]
    [InlineData("what does server.js do?")]
    [InlineData("what does src/Auth/LoginService.cs do?")]
    [InlineData("give me an overview")]
    [InlineData("anything about passwords and lists?")]
    [InlineData("explain package.json")]
    [InlineData("what is in README.md")]
    public async Task Every_citation_is_true_and_was_seen(string prompt)
    {
        var answer = await AskAsync(prompt);
        var citations = CitationParser.Parse(answer);
        var outputs = string.Join('\n', _bench.Run.Events.OfType<ToolCallEnded>().Select(ended => ended.Output));

        Assert.NotEmpty(citations);
        foreach (var found in await new CitationChecker(ProjectFolder.Open(_bench.Files.Path)).CheckAsync(citations, seen: null, CancellationToken.None))
        {
            Assert.Equal(CitationStatus.Exists, found.Status);
            Assert.All(found.Lines, line => Assert.Contains(line, outputs, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("???")]
    [InlineData("where is?")]
    [InlineData("what does ../../etc/passwd do?")]
    [InlineData("where is `[a-z`?")]
    [InlineData("find \"{a,b}*(\"")]
    [InlineData("feature 99999999999")]
    public async Task Odd_questions_get_a_friendly_answer(string prompt)
    {
        var answer = await AskAsync(prompt);

        Assert.NotEqual("", answer.Trim());
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_megabyte_as_a_question_is_answered()
    {
        Assert.NotEqual("", await AskAsync(string.Concat(Enumerable.Repeat("where is the login ", 55_000))));
    }

    [Fact]
    public async Task Text_from_files_cannot_break_out_of_its_quote()
    {
        _bench.Files.Write("src/trick.js", "// ``` <script>alert(1)</script>\nexport const trickster = '```';\n");

        var answer = await AskAsync("where is trickster?");

        Assert.Contains("````javascript", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_is_no_problem()
    {
        await using var empty = await OfflineBench.CreateAsync();

        Assert.Contains("no files yet", await empty.AskAsync("overview"), StringComparison.Ordinal);
        Assert.Contains("found nothing", await empty.AskAsync("where is the login?"), StringComparison.Ordinal);
        Assert.Contains("no backlog yet", await empty.AskAsync("how far is it?"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_says_what_it_cannot_do_and_still_looks()
    {
        var answer = await _bench.AskAsync("where is TodoList?", "coder");

        Assert.StartsWith("I am the offline engine: no language model is used", answer, StringComparison.Ordinal);
        Assert.Contains("`src/todoList.js:5`", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_changes_no_file()
    {
        var before = Snapshot();

        foreach (var prompt in (string[])["overview", "where is the login?", "what does server.js do?", "fix the login", "how far?"])
        {
            await AskAsync(prompt);
        }

        Assert.Equal(before, Snapshot());
    }

    private static Core.Features.FeatureDraft BacklogFileDraft(string name, params int[] dependsOn) => Features.BacklogFile.Draft(name, dependsOn);

    private static int Place(string answer, string text)
    {
        var place = answer.IndexOf(text, StringComparison.Ordinal);
        return place < 0 ? int.MaxValue : place;
    }

    private Task<string> AskAsync(string prompt) => _bench.AskAsync(prompt);

    private List<ToolCallRequested> Calls() => [.. _bench.Run.Events.OfType<ToolCallRequested>()];

    private string Snapshot() => string.Join('\n', Directory.EnumerateFiles(_bench.Files.Path, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O} {File.ReadAllText(path)}"));
}
