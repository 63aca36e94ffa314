using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Engines.Models.Offline.Initializing;
using Autocoder.Core.Profiles;
using Autocoder.Core.Specs;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Engines;

/// <summary>"Initialize project" from a specification on the disk to a backlog, files and a commit, through the real tools.</summary>
public sealed class OfflineInitializerTests : IAsyncLifetime
{
    private OfflineBench _bench = null!;

    public async Task InitializeAsync() => _bench = await OfflineBench.CreateAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task The_specification_becomes_a_backlog_files_and_a_commit()
    {
        PutSpec(Spec("React with Vite", "Node.js with Express"));

        var said = await InitializeProjectAsync();

        var features = await _bench.Backlog.Backlog.ListAsync(_bench.Backlog.ProjectId, CancellationToken.None);
        Assert.Equal(24, features.Count);
        Assert.Equal(["Infrastructure", "Lists", "Sharing"], features.Select(feature => feature.Category).Distinct());
        Assert.Empty(features[0].DependsOn);
        Assert.Equal([1], features[1].DependsOn);
        Assert.All(features, feature => Assert.NotEmpty(feature.Steps));

        Assert.Contains("# Shared <to-do> & more", Read("README.md"), StringComparison.Ordinal);
        Assert.Contains("| Lists | 14 |", Read("README.md"), StringComparison.Ordinal);
        Assert.Contains("node_modules/", Read(".gitignore"), StringComparison.Ordinal);
        Assert.Contains("frontend/package.json", Read("init.sh"), StringComparison.Ordinal);
        Assert.True(File.Exists(_bench.Files.At("frontend", ".gitkeep")) && File.Exists(_bench.Files.At("backend", ".gitkeep")));
        Assert.True(Directory.Exists(_bench.Files.At(".git")));

        Assert.Contains("is initialized\n", said, StringComparison.Ordinal);
        Assert.Contains("The backlog has 24 features.", said, StringComparison.Ordinal);
        Assert.Contains("| Sharing | 5 |", said, StringComparison.Ordinal);
        Assert.Contains("no language model is used", said, StringComparison.Ordinal);
        Assert.All(Ended(), ended => Assert.Equal(ToolCallStatus.Completed, ended.Status));
    }

    [Fact]
    public async Task The_plan_is_kept_true_while_it_works()
    {
        PutSpec(Spec("React", "Node"));

        await InitializeProjectAsync();

        var plans = _bench.Run.Events.OfType<PlanUpdated>().Select(plan => string.Join(' ', plan.Entries.Select(entry => entry.Status))).ToList();
        Assert.Equal(
            [
                "InProgress Pending Pending Pending Pending",
                "Completed InProgress Pending Pending Pending",
                "Completed Completed InProgress Pending Pending",
                "Completed Completed Completed InProgress Pending",
                "Completed Completed Completed Completed InProgress",
                "Completed Completed Completed Completed Completed",
            ],
            plans);
    }

    [Fact]
    public async Task A_second_time_creates_nothing_twice_and_keeps_every_file()
    {
        PutSpec(Spec("React", "Node"));
        await InitializeProjectAsync();
        _bench.Files.Write("README.md", "mine");
        _bench.Files.Write("init.sh", "mine too");

        var said = await InitializeProjectAsync();

        Assert.Equal(24, (await _bench.Backlog.Backlog.GetStatsAsync(_bench.Backlog.ProjectId, CancellationToken.None)).Total);
        Assert.Equal(("mine", "mine too"), (Read("README.md"), Read("init.sh")));
        Assert.Contains("had 24 features before, so I created none", said, StringComparison.Ordinal);
        Assert.Contains("`README.md`, `init.sh`, `.gitignore`", said, StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Run.Events.OfType<ToolCallRequested>(), call => call.Tool is "Write" or "feature_create_bulk");
    }

    [Theory]
    [InlineData("readme.md")]
    [InlineData("README")]
    [InlineData("README.rst")]
    public async Task A_readme_of_any_spelling_is_kept(string name)
    {
        PutSpec(Spec("React", "Node"));
        _bench.Files.Write(name, "mine");

        await InitializeProjectAsync();

        Assert.Equal("mine", Read(name));
        Assert.Single(Directory.GetFiles(_bench.Files.Path), path => Path.GetFileName(path).StartsWith("readme", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Only_what_belongs_to_it_is_committed_in_an_imported_folder()
    {
        PutSpec(Spec("React", "Node"));
        _bench.Files.Write(".env", "PASSWORD=secret");
        _bench.Files.Write("old/thing.txt", "old");

        await InitializeProjectAsync();

        var log = _bench.Files.At("files.txt");
        Shell.Run("bash", "-c", $"cd '{_bench.Files.Path}' && git ls-files > '{log}'");
        Assert.Equal(
            [".gitignore", "README.md", "backend/.gitkeep", "frontend/.gitkeep", "init.sh", "prompts/app_spec.txt"], await File.ReadAllLinesAsync(log));
    }

    [Fact]
    public async Task Without_a_specification_it_says_what_to_do_and_changes_nothing()
    {
        var said = await InitializeProjectAsync();

        Assert.Contains("Finish the spec wizard", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Files.Path));
        Assert.Equal(PlanEntryStatus.Failed, _bench.Run.Events.OfType<PlanUpdated>().Last().Entries[0].Status);
    }

    [Theory]
    [InlineData("<project_specification><project_name>Half")]
    [InlineData("Just words.")]
    [InlineData("")]
    public async Task A_broken_specification_is_explained_and_nothing_is_changed(string text)
    {
        _bench.Files.Write("prompts/app_spec.txt", text);

        var said = await InitializeProjectAsync();

        Assert.Contains("Nothing was changed", said, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_bench.Files.Path, "*", SearchOption.AllDirectories));
        Assert.Equal(0, (await _bench.Backlog.Backlog.GetStatsAsync(_bench.Backlog.ProjectId, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task A_long_specification_is_read_page_by_page()
    {
        // Read gives at most 2,000 lines at once.
        var spec = Spec("React", "Node");
        PutSpec(spec with { Overview = string.Join("\n\n", Enumerable.Range(1, 3000).Select(line => $"Line {line}.")) });

        await InitializeProjectAsync();

        Assert.True(_bench.Run.Events.OfType<ToolCallRequested>().Count(call => call.Tool == "Read") > 1);
        Assert.Equal(24, (await _bench.Backlog.Backlog.GetStatsAsync(_bench.Backlog.ProjectId, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named_and_the_rest_is_done()
    {
        PutSpec(Spec("React", "Node"));
        _bench.Files.Folder("init.sh");

        var said = await InitializeProjectAsync();

        Assert.Contains("initialized in part", said, StringComparison.Ordinal);
        Assert.Contains("`init.sh` could not be written", said, StringComparison.Ordinal);
        Assert.True(File.Exists(_bench.Files.At("README.md")));
    }

    [Theory]
    [InlineData("React", "Node.js")]
    [InlineData("Vue", "Python, FastAPI")]
    [InlineData("Blazor", "ASP.NET Core on .NET 10")]
    [InlineData("Svelte", "Go")]
    [InlineData("none", "Rust, axum")]
    [InlineData("HTML and CSS", "PHP with Laravel")]
    [InlineData("Angular", "Java, Spring Boot")]
    [InlineData("Elm", "Ruby on Rails")]
    [InlineData("$(touch pwned)", "`touch pwned`; \"'")]
    public async Task The_start_script_is_sound_and_harmless_when_run_twice(string frontend, string backend)
    {
        PutSpec(Spec(frontend, backend));
        await InitializeProjectAsync();
        var before = Directory.GetFileSystemEntries(_bench.Files.Path).Order(StringComparer.Ordinal).ToArray();

        Shell.Run("bash", "-n", _bench.Files.At("init.sh"));
        Shell.Run("bash", _bench.Files.At("init.sh"));
        Shell.Run("bash", _bench.Files.At("init.sh"), "start");

        Assert.Equal(before, Directory.GetFileSystemEntries(_bench.Files.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_dotnet_solution_holds_both_sides() =>
        Assert.Equal("src", Assert.Single(Stack.Of(Spec("Blazor", "ASP.NET Core")).Parts).Folder);

    [Theory]
    [InlineData("Plain HTML, CSS and JavaScript without a framework", "Static")]
    [InlineData("React 19 with Vite, Plain CSS with custom properties", "Node")]
    [InlineData("Python with FastAPI", "Python")]
    [InlineData(".NET with ASP.NET Core", "DotNet")]
    [InlineData("Go with its standard library", "Go")]
    [InlineData("COBOL", "Other")]
    public void The_toolchain_is_known_by_the_words_of_the_wizard(string technology, string expected) =>
        Assert.Equal(expected, Stack.Of(Spec(technology, "none")).Parts[0].Toolchain.ToString());

    [Theory]
    [InlineData("Initialize project", true)]
    [InlineData("please initialise the project.", true)]
    [InlineData("Set up the project", true)]
    [InlineData("Run initialization", true)]
    [InlineData("What does initialize project do?", false)]
    [InlineData("Do not initialize the project", false)]
    [InlineData("where is the login?", false)]
    public void Initializing_is_begun_only_when_asked_for(string prompt, bool expected)
    {
        ModelMessage[] messages = [ModelMessage.User(prompt)];
        var request = new ModelRequest(
            ConversationKind.Agent, new ProfileCatalog().Get("coder"), null, "sample", "", messages, [], Positions.After(messages));

        Assert.Equal(expected, OfflineInitializer.IsAskedFor(request));
        Assert.True(OfflineInitializer.IsAskedFor(request with { Profile = new ProfileCatalog().Get("initializer") }));
    }

    private static SpecDocument Spec(string frontend, string backend)
    {
        var infrastructure = Enumerable.Range(1, 5).Select(number => Feature(number, number == 1 ? [] : ["F-01"]));
        var lists = Enumerable.Range(6, 14).Select(number => Feature(number, ["F-01", "F-02"]));
        var sharing = Enumerable.Range(20, 5).Select(number => Feature(number, [$"F-{number - 10:00}"]));
        return SpecDocument.Empty with
        {
            ProjectName = "Shared <to-do> & more",
            Overview = "Lists that people share.",
            TechnologyStack =
            [
                new SpecChoices("frontend", [new SpecChoice("framework", frontend, SpecOrigin.Assumed), new SpecChoice("port", "3000", SpecOrigin.Assumed)]),
                new SpecChoices("backend", [new SpecChoice("runtime", backend, SpecOrigin.Assumed), new SpecChoice("database", "SQLite", SpecOrigin.Assumed)]),
            ],
            FeatureCount = 24,
            CoreFeatures =
            [
                new SpecCategory("Infrastructure", [.. infrastructure]),
                new SpecCategory("Lists", [.. lists]),
                new SpecCategory("Sharing", [.. sharing]),
            ],
            Tables = [new SpecTable("lists", [new SpecColumn("id", "integer", "primary key")], "", SpecOrigin.Assumed)],
        };
    }

    private static SpecFeature Feature(int number, IReadOnlyList<string> dependsOn) => new(
        $"F-{number:00}", $"Feature {number}", $"A person does {number} and sees it.", ["Open the page", $"See {number}"], dependsOn, SpecOrigin.Assumed);

    private void PutSpec(SpecDocument spec) => _bench.Files.Write("prompts/app_spec.txt", SpecXml.Render(spec));

    private string Read(string path) => File.ReadAllText(_bench.Files.At(path));

    private IEnumerable<ToolCallEnded> Ended() => _bench.Run.Events.OfType<ToolCallEnded>();

    private Task<string> InitializeProjectAsync() => _bench.AskAsync("Initialize project", "initializer");
}
