using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Persistence;
using Autocoder.Core.Persistence.Conversations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Autocoder.Benchmarks;

/// <summary>The product's log, committer and database, in a folder of its own.</summary>
internal sealed class ProductLog : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("autocoder-benchmark-").FullName;
    private readonly Database _database;
    private ConversationStreams _streams;
    private ConversationCommitter _committer;

    private ProductLog(Func<IConversationStore, IConversationStore> wrap)
    {
        var directory = new DataDirectory(_folder);
        directory.Create();
        _database = new Database(directory);
        Store = wrap(new EfConversationStore(_database));
        (_streams, _committer, Log) = Assemble();
    }

    public IConversationStore Store { get; }

    public ConversationLog Log { get; private set; }

    public IConversationWriter Writer => _committer;

    /// <param name="wrap">Puts something between the log and its store; null for nothing.</param>
    public static async Task<ProductLog> StartAsync(Func<IConversationStore, IConversationStore>? wrap = null)
    {
        var log = new ProductLog(wrap ?? (store => store));
        await log._database.MigrateAsync(CancellationToken.None);
        await log._committer.StartAsync(CancellationToken.None);
        return log;
    }

    public Task AppendAsync(Guid conversationId, Guid? runId, params ConversationEvent[] events) => _committer.AppendAsync(
        conversationId, _ => [.. events.Select(next => new NewEvent(next, runId))], CancellationToken.None);

    /// <summary>Forgets everything that is in memory, as a restart does.</summary>
    public async Task ForgetAsync()
    {
        await StopAsync();
        (_streams, _committer, Log) = Assemble();
        await _committer.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private (ConversationStreams Streams, ConversationCommitter Committer, ConversationLog Log) Assemble()
    {
        var doorbells = new Doorbells(NullLogger<Doorbells>.Instance);
        var streams = new ConversationStreams(Store, doorbells, RingLimits.Default);
        var committer = new ConversationCommitter(
            Store, streams, doorbells, new ConversationChanges(NullLogger<ConversationChanges>.Instance),
            TimeProvider.System, NullLogger<ConversationCommitter>.Instance);
        return (streams, committer, new ConversationLog(Store, streams, doorbells, TimeProvider.System));
    }

    private async Task StopAsync()
    {
        await _committer.StopAsync(CancellationToken.None);
        _committer.Dispose();
        _streams.Dispose();
    }
}
