using Autocoder.Core.Persistence;
using Autocoder.Core.Persistence.Projects;
using Autocoder.Core.Projects;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Autocoder.Tests.Projects;

/// <summary>The registry over a real database.</summary>
public sealed class ProjectRegistryTests : IAsyncLifetime
{
    private readonly TemporaryFolder _temporary = new();
    private readonly ManualClock _clock = new();
    private Database _database = null!;
    private ProjectFolderRules _rules = null!;
    private ProjectRegistry _registry = null!;

    public async Task InitializeAsync()
    {
        var data = new DataDirectory(_temporary.At("data"));
        data.Create();
        _database = new Database(data);
        await _database.MigrateAsync(default);
        _rules = new ProjectFolderRules(Options.Create(
            new ProjectFolderOptions { Home = _temporary.Folder("home"), DataDirectory = data.Root }));
        _registry = Reopen();
    }

    public async Task DisposeAsync()
    {
        _registry.Dispose();
        await _database.DisposeAsync();
        _temporary.Dispose();
    }

    [Fact]
    public async Task A_new_project_gets_its_folder_and_is_there_after_a_restart()
    {
        var created = await _registry.CreateAsync("todo", "~/todo", default);

        Assert.True(Directory.Exists(_temporary.At("home/todo")));
        using var restarted = Reopen();
        Assert.Equal([created], await restarted.ListAsync(default));
        Assert.Equal(created, await restarted.FindAsync(created.Id, default));
        Assert.Equal(created, await restarted.FindByNameAsync("TODO", default));
        Assert.Null(await restarted.FindByNameAsync("tod", default));
    }

    [Fact]
    public async Task A_project_can_be_created_in_a_folder_that_has_files()
    {
        var file = _temporary.Write("home/old/a.txt");

        Assert.Equal(_temporary.At("home/old"), (await _registry.CreateAsync("old", _temporary.At("home/old"), default)).Folder);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task An_imported_project_is_named_after_its_folder_with_a_number_when_the_name_is_taken()
    {
        _temporary.Folder("home/a/My App");
        _temporary.Folder("home/b/my-app");

        Assert.Equal("My-App", (await _registry.ImportAsync("~/a/My App", null, default)).Name.Value);
        Assert.Equal("my-app-2", (await _registry.ImportAsync("~/b/my-app", null, default)).Name.Value);
    }

    [Fact]
    public async Task Refused_input_names_the_field_and_creates_nothing()
    {
        await _registry.CreateAsync("one", "~/one", default);

        Assert.Equal(ProjectField.Name, (await Refused(() => _registry.CreateAsync("ONE", "~/two", default))).Field);
        Assert.Equal(ProjectField.Name, (await Refused(() => _registry.CreateAsync("a b", "~/two", default))).Field);
        var inside = await Refused(() => _registry.CreateAsync("two", "~/one/two", default));
        Assert.Equal((ProjectField.Folder, FolderRefusal.InsideProject), (inside.Field, inside.FolderRefusal));
        Assert.Equal(FolderRefusal.Missing, (await Refused(() => _registry.ImportAsync("~/two", null, default))).FolderRefusal);
        Assert.False(Directory.Exists(_temporary.At("home/two")));
        Assert.False(Directory.Exists(_temporary.At("home/one/two")));
        Assert.Single(await _registry.ListAsync(default));
    }

    [Fact]
    public async Task A_removed_project_leaves_its_files_and_comes_back_with_its_folder()
    {
        var project = await _registry.CreateAsync("one", "~/one", default);
        var file = _temporary.Write("home/one/a.txt");

        await _registry.RemoveAsync(project.Id, default);

        Assert.Empty(await _registry.ListAsync(default));
        Assert.Null(await _registry.FindAsync(project.Id, default));
        Assert.True(File.Exists(file));
        await Assert.ThrowsAsync<ProjectNotFoundException>(() => _registry.RenameAsync(project.Id, "two", default));

        // Its name and its folder are free again in the meantime.
        await _registry.CreateAsync("one", "~/another", default);
        var back = await _registry.ImportAsync("~/one", null, default);
        Assert.Equal((project.Id, "one-2", project.CreatedAt), (back.Id, back.Name.Value, back.CreatedAt));
    }

    [Fact]
    public async Task Creating_in_the_folder_of_a_removed_project_brings_it_back_under_the_new_name()
    {
        var project = await _registry.CreateAsync("one", "~/one", default);
        await _registry.RemoveAsync(project.Id, default);

        var back = await _registry.CreateAsync("two", "~/one", default);

        Assert.Equal((project.Id, "two"), (back.Id, back.Name.Value));
    }

    [Fact]
    public async Task A_moved_folder_is_reported_and_can_be_located()
    {
        var project = await _registry.CreateAsync("one", "~/one", default);
        Directory.Move(_temporary.At("home/one"), _temporary.At("home/moved"));

        Assert.False((await _registry.FindAsync(project.Id, default))!.FolderExists);
        Assert.Equal(FolderRefusal.Missing, (await Refused(() => _registry.LocateAsync(project.Id, "~/one", default))).FolderRefusal);

        var located = await _registry.LocateAsync(project.Id, "~/moved", default);
        Assert.Equal((project.Id, _temporary.At("home/moved"), true), (located.Id, located.Folder, located.FolderExists));
        Assert.Equal(located, await _registry.LocateAsync(project.Id, "~/moved", default));
    }

    [Fact]
    public async Task Renaming_takes_free_names_only_but_may_change_the_case_of_its_own()
    {
        var one = await _registry.CreateAsync("one", "~/one", default);
        await _registry.CreateAsync("two", "~/two", default);

        Assert.Contains("two", (await Refused(() => _registry.RenameAsync(one.Id, "TWO", default))).Message, StringComparison.Ordinal);
        Assert.Equal("One", (await _registry.RenameAsync(one.Id, "One", default)).Name.Value);
    }

    [Fact]
    public async Task The_project_opened_last_comes_first()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await _registry.CreateAsync(name, "~/" + name, default);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        await _registry.MarkOpenedAsync((await _registry.FindByNameAsync("b", default))!.Id, default);

        Assert.Equal(["b", "c", "a"], (await _registry.ListAsync(default)).Select(project => project.Name.Value));
    }

    [Fact]
    public async Task Every_change_is_told_after_it_is_kept_and_a_broken_listener_harms_nobody()
    {
        var heard = new List<int>();
        _registry.Changed += () => throw new InvalidOperationException("A page is broken.");
        _registry.Changed += () => heard.Add(_registry.ListAsync(default).GetAwaiter().GetResult().Count);

        var project = await _registry.CreateAsync("one", "~/one", default);
        await Refused(() => _registry.CreateAsync("one", "~/two", default));
        await _registry.RenameAsync(project.Id, "two", default);
        await _registry.RemoveAsync(project.Id, default);

        Assert.Equal([1, 1, 0], heard);
    }

    [Fact]
    public async Task Of_many_who_want_the_same_name_at_once_one_gets_it()
    {
        var created = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, token) =>
        {
            try
            {
                await _registry.CreateAsync("same", $"~/folder-{number}", token);
                Interlocked.Increment(ref created);
            }
            catch (ProjectRefusedException refusal)
            {
                Assert.Equal(ProjectField.Name, refusal.Field);
            }
        });

        Assert.Equal(1, created);
        Assert.Single(Directory.GetDirectories(_temporary.At("home")));
    }

    [Fact]
    public async Task The_database_itself_keeps_names_and_folders_apart()
    {
        var store = new EfProjectStore(_database);
        var one = new StoredProject(Guid.NewGuid(), ProjectName.Parse("one"), "/a", _clock.GetUtcNow(), _clock.GetUtcNow(), null);
        await store.SaveAsync(one, default);

        await Assert.ThrowsAnyAsync<Exception>(
            () => store.SaveAsync(one with { Id = Guid.NewGuid(), Name = ProjectName.Parse("ONE"), Folder = "/b" }, default));
        await Assert.ThrowsAnyAsync<Exception>(
            () => store.SaveAsync(one with { Id = Guid.NewGuid(), Name = ProjectName.Parse("two") }, default));
        await store.SaveAsync(one with { Id = Guid.NewGuid(), RemovedAt = _clock.GetUtcNow() }, default);
    }

    [Fact]
    public async Task Folders_to_choose_from_are_listed_with_the_reason_why_one_cannot_be_chosen()
    {
        await _registry.CreateAsync("taken", "~/taken", default);
        _temporary.Folder("home/free");
        _temporary.Folder("home/.hidden");
        _temporary.Link("home/etc", "/etc");
        _temporary.Write("home/file.txt");
        var browser = new FolderBrowser(_registry, _rules);

        var listing = await browser.ListAsync(null, default);

        Assert.Equal(_temporary.At("home"), listing.Path);
        Assert.Equal(_temporary.Path, listing.Parent);
        Assert.Equal(
            [("etc", FolderRefusal.SystemFolder), ("free", null), ("taken", FolderRefusal.OtherProject), (".hidden", (FolderRefusal?)null)],
            listing.Folders.Select(folder => (folder.Name, folder.Refusal)));
        Assert.True(listing.Folders[3].IsHidden);
        Assert.Null((await browser.ListAsync("/", default)).Parent);
    }

    [Fact]
    public async Task A_folder_with_very_many_is_cut_and_one_that_cannot_be_listed_says_why()
    {
        for (var number = 0; number <= FolderBrowser.MaxFolders; number++)
        {
            _temporary.Folder($"home/many/{number:000}");
        }

        var browser = new FolderBrowser(_registry, _rules);
        var listing = await browser.ListAsync("~/many", default);
        Assert.True(listing.IsCut);
        Assert.Equal(FolderBrowser.MaxFolders, listing.Folders.Count);
        Assert.Equal("499", listing.Folders[^1].Name);

        Assert.Contains("does not exist", (await browser.ListAsync("~/none", default)).Problem, StringComparison.Ordinal);
        Assert.Contains("not a full path", (await browser.ListAsync("relative", default)).Problem, StringComparison.Ordinal);
        Assert.NotNull((await browser.ListAsync(_temporary.Write("home/file.txt"), default)).Problem);
    }

    private ProjectRegistry Reopen() =>
        new(new EfProjectStore(_database), _rules, _clock, NullLogger<ProjectRegistry>.Instance);

    private static Task<ProjectRefusedException> Refused(Func<Task> action) => Assert.ThrowsAsync<ProjectRefusedException>(action);
}
