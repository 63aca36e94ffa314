using Autocoder.Core.Conversations;
using Autocoder.Core.Persistence;
using Autocoder.Core.Persistence.Conversations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Autocoder.Tests.TestSupport;

/// <summary>The real log with its real committer, over a store the test chooses.</summary>
internal sealed class LogHarness : IAsyncDisposable
{
    private readonly ConversationStreams _streams;
    private readonly ConversationCommitter _committer;

    private LogHarness(IConversationStore store, RingLimits limits, TimeProvider clock, IWakeBus? wakeBus)
    {
        Store = store;
        Doorbells = new Doorbells(NullLogger<Doorbells>.Instance);
        wakeBus ??= Doorbells;
        _streams = new ConversationStreams(store, wakeBus, limits);
        Log = new ConversationLog(store, _streams, wakeBus, clock);
        _committer = new ConversationCommitter(
            store, _streams, wakeBus, new ConversationChanges(NullLogger<ConversationChanges>.Instance), clock,
            NullLogger<ConversationCommitter>.Instance);
    }

    public IConversationStore Store { get; }

    public Doorbells Doorbells { get; }

    public ConversationLog Log { get; }

    public IConversationWriter Writer => _committer;

    public static async Task<LogHarness> StartAsync(
        IConversationStore store, RingLimits? limits = null, TimeProvider? clock = null, IWakeBus? wakeBus = null)
    {
        var harness = new LogHarness(store, limits ?? RingLimits.Default, clock ?? TimeProvider.System, wakeBus);
        await harness._committer.StartAsync(CancellationToken.None);
        return harness;
    }

    public async Task<ConversationStream> StreamAsync(Guid conversationId) =>
        await _streams.GetAsync(conversationId, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _committer.StopAsync(CancellationToken.None);
        _committer.Dispose();
        _streams.Dispose();
    }
}

/// <summary>A migrated database of its own in a temporary folder.</summary>
internal sealed class TempDatabase : IAsyncDisposable
{
    private readonly TempFolder? _folder;

    private TempDatabase(DataDirectory directory, int snapshotInterval, TempFolder? folder)
    {
        _folder = folder;
        Directory = directory;
        Directory.Create();
        Database = new Database(Directory);
        Store = new EfConversationStore(Database) { SnapshotInterval = snapshotInterval };
    }

    public DataDirectory Directory { get; }

    public Database Database { get; }

    public EfConversationStore Store { get; }

    public static async Task<TempDatabase> CreateAsync(int snapshotInterval = ConversationSnapshots.DefaultInterval)
    {
        var folder = new TempFolder();
        var database = new TempDatabase(new DataDirectory(folder["data"]), snapshotInterval, folder);
        await database.Database.MigrateAsync(CancellationToken.None);
        return database;
    }

    /// <summary>Another owner of the same file, as another process would be. Dispose it first.</summary>
    public TempDatabase OpenAgain() => new(Directory, Store.SnapshotInterval, folder: null);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder?.Dispose();
    }
}
