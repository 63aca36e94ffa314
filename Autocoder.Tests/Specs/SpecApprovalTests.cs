using System.Text.Json;
using Autocoder.Core.Persistence;
using Autocoder.Core.Persistence.Specs;
using Autocoder.Core.Specs;
using Autocoder.Core.Specs.Composing;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Specs;

public sealed class SpecApprovalTests : IAsyncLifetime
{
    private static readonly SpecDocument Todo = SpecComposer.Compose(SpecPerson.QuickTodo.Interview());

    private readonly TempFolder _data = new();
    private readonly TempFolder _project = new();
    private readonly ManualClock _clock = new();
    private readonly Guid _projectId = Guid.CreateVersion7();
    private readonly Guid _conversation = Guid.CreateVersion7();
    private Database _database = null!;
    private EfSpecVersionStore _store = null!;
    private SpecVersions _versions = null!;
    private SpecApproval _approval = null!;

    public async Task InitializeAsync()
    {
        var directory = new DataDirectory(_data.Path);
        directory.Create();
        _database = new Database(directory);
        await _database.MigrateAsync(CancellationToken.None);
        _store = new EfSpecVersionStore(_database);
        _versions = new SpecVersions(_store);
        _approval = new SpecApproval(_store, _versions, _clock);
    }

    public async Task DisposeAsync()
    {
        _approval.Dispose();
        await _database.DisposeAsync();
        _data.Dispose();
        _project.Dispose();
    }

    private Task<SpecApprovalResult> ApproveAsync(SpecDocument? document = null) =>
        _approval.ApproveAsync(_projectId, _project.Path, document ?? Todo, _conversation, CancellationToken.None);

    [Fact]
    public async Task Approval_writes_three_files_and_freezes_a_version()
    {
        var told = new List<Guid>();
        _versions.Changed += told.Add;

        var result = await ApproveAsync();

        Assert.Equal(["prompts/app_spec.txt", "prompts/initializer_prompt.md", "prompts/.spec_status.json"], result.Files);
        Assert.Equal((1, Todo.FeatureCount), (result.Version, result.FeatureCount));
        var text = await File.ReadAllTextAsync(_project["prompts", "app_spec.txt"]);
        Assert.Equal(SpecJson.Write(Todo), SpecJson.Write(SpecXml.Parse(text)));
        Assert.Contains($"exactly {Todo.FeatureCount} features", await File.ReadAllTextAsync(_project["prompts", "initializer_prompt.md"]), StringComparison.Ordinal);
        using var status = JsonDocument.Parse(await File.ReadAllTextAsync(_project["prompts", ".spec_status.json"]));
        Assert.Equal("complete", status.RootElement.GetProperty("status").GetString());
        Assert.Equal(Todo.FeatureCount, status.RootElement.GetProperty("feature_count").GetInt32());
        Assert.Equal(2, status.RootElement.GetProperty("files_written").GetArrayLength());

        var version = await _versions.FindLatestAsync(_projectId, CancellationToken.None);
        Assert.Equal((1, text, result.Hash, _conversation), (version!.Number, version.AppSpec, version.Hash, version.ConversationId));
        Assert.Equal(SpecJson.Write(Todo), version.Document);
        Assert.Equal(_clock.GetUtcNow(), version.ApprovedAt);
        Assert.Equal([_projectId], told);
    }

    [Fact]
    public async Task A_later_approval_keeps_the_earlier_version()
    {
        var first = await ApproveAsync();
        var second = await ApproveAsync(Todo with { ProjectName = "Family lists" });

        var versions = await _versions.ListAsync(_projectId, CancellationToken.None);

        Assert.Equal([2, 1], versions.Select(version => version.Number));
        Assert.Equal([second.Hash, first.Hash], versions.Select(version => version.Hash));
    }

    [Fact]
    public async Task A_file_written_by_hand_is_kept_before_it_is_replaced()
    {
        Directory.CreateDirectory(_project["prompts"]);
        await File.WriteAllTextAsync(_project["prompts", "app_spec.txt"], "my own notes, no XML");

        var result = await ApproveAsync();

        var versions = await _versions.ListAsync(_projectId, CancellationToken.None);
        Assert.Equal(2, result.Version);
        Assert.Equal("my own notes, no XML", versions.Single(version => version.Number == 1).AppSpec);
        Assert.False(versions.Single(version => version.Number == 1).IsApproved);
        Assert.Equal(2, (await _versions.FindLatestAsync(_projectId, CancellationToken.None))!.Number);
    }

    [Fact]
    public async Task The_preview_shows_what_would_be_written_and_writes_nothing()
    {
        var before = await PreviewAsync(Todo);
        Assert.All(before, change => Assert.Equal((SpecFileChangeKind.Created, null), (change.Kind, change.OldText)));
        Assert.False(Directory.Exists(_project["prompts"]));

        await ApproveAsync();
        var after = await PreviewAsync(Todo with { ProjectName = "Other" });

        Assert.Equal([SpecFileChangeKind.Replaced, SpecFileChangeKind.Unchanged, SpecFileChangeKind.Replaced], after.Select(change => change.Kind));
        Assert.Contains("<project_name>Shared lists</project_name>", after[0].OldText, StringComparison.Ordinal);
        Assert.Contains("<project_name>Other</project_name>", after[0].NewText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_block_and_are_listed()
    {
        var exception = await Assert.ThrowsAsync<SpecApprovalException>(() => ApproveAsync(Todo with { FeatureCount = 1, ProjectName = "" }));

        Assert.Equal("spec_has_errors", exception.Code);
        Assert.Equal(["counts_agree", "section_empty"], exception.Findings.Select(finding => finding.Rule).Order());
        Assert.False(Directory.Exists(_project["prompts"]));
    }

    [Fact]
    public async Task A_folder_that_vanished_is_said_in_words_and_nothing_is_stored()
    {
        Directory.Delete(_project.Path);

        var exception = await Assert.ThrowsAsync<SpecApprovalException>(() => ApproveAsync());

        Assert.Equal("spec_files_refused", exception.Code);
        Assert.Contains("Nothing was written; the draft and the earlier versions are kept.", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await _versions.ListAsync(_projectId, CancellationToken.None));
        Assert.Equal("spec_files_refused", (await Assert.ThrowsAsync<SpecApprovalException>(() => PreviewAsync(Todo))).Code);
    }

    [Fact]
    public async Task A_target_that_cannot_be_written_stores_nothing()
    {
        // A folder where the second file should go: refused for everybody, root included.
        Directory.CreateDirectory(_project["prompts", "initializer_prompt.md"]);

        var exception = await Assert.ThrowsAsync<SpecApprovalException>(() => ApproveAsync());

        Assert.Contains("1 of 3 files were written: prompts/app_spec.txt", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await _versions.ListAsync(_projectId, CancellationToken.None), version => version.IsApproved);
        Directory.Delete(_project["prompts", "initializer_prompt.md"]);
        Assert.True((await ApproveAsync()).Version >= 1);
    }

    [Fact]
    public async Task A_link_to_a_place_outside_is_not_written_through()
    {
        using var outside = new TempFolder();
        Directory.CreateSymbolicLink(_project["prompts"], outside.Path);

        await Assert.ThrowsAsync<SpecApprovalException>(() => ApproveAsync());

        Assert.Empty(Directory.GetFileSystemEntries(outside.Path));
    }

    [Fact]
    public async Task Two_approvals_at_once_give_two_versions()
    {
        var results = await Task.WhenAll(ApproveAsync(), ApproveAsync(Todo with { ProjectName = "Other" }));

        Assert.Equal([1, 2], results.Select(result => result.Version).Order());
    }

    private Task<IReadOnlyList<SpecFileChange>> PreviewAsync(SpecDocument document) =>
        _approval.PreviewAsync(_projectId, _project.Path, document, CancellationToken.None);
}
