using Autocoder.Core.Features;
using Autocoder.Core.Persistence;
using Autocoder.Core.Persistence.Features;
using Autocoder.Tests.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Autocoder.Tests.Features;

/// <summary>A backlog on a real database file of its own, deleted at the end.</summary>
internal sealed class BacklogFile : IAsyncDisposable
{
    private readonly DataDirectory _directory = new(Path.Combine(Path.GetTempPath(), $"autocoder-backlog-{Guid.NewGuid():N}"));
    private Database _database;

    private BacklogFile()
    {
        _directory.Create();
        _database = new Database(_directory);
        Backlog = Open();
    }

    public ManualClock Clock { get; } = new();

    public Guid ProjectId { get; } = Guid.CreateVersion7();

    public FeatureBacklog Backlog { get; private set; }

    public static async Task<BacklogFile> CreateAsync()
    {
        var file = new BacklogFile();
        await file._database.MigrateAsync(CancellationToken.None);
        return file;
    }

    /// <summary>What a restart of the server does.</summary>
    public async Task ReopenAsync()
    {
        await _database.DisposeAsync();
        _database = new Database(_directory);
        Backlog = Open();
    }

    public Task<IReadOnlyList<Feature>> CreateAsync(params FeatureDraft[] drafts) =>
        Backlog.CreateBulkAsync(ProjectId, drafts, CancellationToken.None);

    public static FeatureDraft Draft(string name, params int[] dependsOnIndices) => new()
    {
        Category = "Lists",
        Name = name,
        Description = $"{name} works.",
        Steps = ["Open the page", "See it"],
        DependsOnIndices = dependsOnIndices,
    };

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_directory.Root, recursive: true);
    }

    private FeatureBacklog Open() => new(new FeatureStore(_database), Clock, NullLogger<FeatureBacklog>.Instance);
}
