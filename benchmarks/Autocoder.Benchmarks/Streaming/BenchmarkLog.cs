using System.Diagnostics;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Persistence;
using Autocoder.Core.Persistence.Conversations;
using Autocoder.Core.Runs;

namespace Autocoder.Benchmarks.Streaming;

/// <summary>The product's log, committer and database, with one conversation whose run writes one text.</summary>
internal sealed class BenchmarkLog : IAsyncDisposable
{
    /// <summary>Characters in a delta; by it a viewer knows which delta it sees.</summary>
    public const int DeltaLength = 20;

    private static readonly string Delta = new('x', DeltaLength);

    private readonly string _folder = Directory.CreateTempSubdirectory("autocoder-benchmark-").FullName;
    private readonly Database _database;
    private readonly CountingStore _store;
    private readonly ConversationStreams _streams;
    private readonly ConversationCommitter _committer;
    private readonly Guid _runId = Guid.CreateVersion7();

    private BenchmarkLog()
    {
        var directory = new DataDirectory(_folder);
        directory.Create();
        _database = new Database(directory);
        _store = new CountingStore(new EfConversationStore(_database));
        var doorbells = new Doorbells(NullLogger<Doorbells>.Instance);
        _streams = new ConversationStreams(_store, doorbells, RingLimits.Default);
        Log = new ConversationLog(_store, _streams, doorbells, TimeProvider.System);
        _committer = new ConversationCommitter(
            _store, _streams, doorbells, new ConversationChanges(NullLogger<ConversationChanges>.Instance),
            TimeProvider.System, NullLogger<ConversationCommitter>.Instance);
    }

    public Guid ConversationId { get; } = Guid.CreateVersion7();

    public ConversationLog Log { get; }

    public int Commits => _store.Commits;

    public static async Task<BenchmarkLog> StartAsync()
    {
        var log = new BenchmarkLog();
        await log._database.MigrateAsync(CancellationToken.None);
        await log._committer.StartAsync(CancellationToken.None);
        var promptId = Guid.CreateVersion7();
        await log.AppendAsync(null, new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "benchmark"), new PromptAdmitted(promptId, "go", []));
        await log.AppendAsync(log._runId, new RunStarted(log._runId, promptId, "coder", 1, "benchmark"), new PromptDelivered(promptId));
        return log;
    }

    /// <summary>Writes one text, delta by delta, and completes it.</summary>
    /// <param name="added">Gets the time at which each delta was handed in.</param>
    /// <param name="perSecond">How many deltas a second; null for as many as it takes.</param>
    /// <param name="coalesced">As the product does it; false commits every delta alone.</param>
    public async Task WriteAsync(long[] added, int? perSecond, bool coalesced)
    {
        using var text = new OpenTextWriter(
            _committer, ConversationId, _runId, TimeProvider.System, new RunOptions().TextInterval);
        await AppendAsync(_runId, new TextStarted(text.ItemId));
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < added.Length; i++)
        {
            while (perSecond is { } rate && Stopwatch.GetElapsedTime(started).TotalSeconds * rate < i)
            {
                await Task.Delay(1);
            }

            added[i] = Stopwatch.GetTimestamp();
            if (coalesced)
            {
                await text.AddAsync(Delta);
            }
            else
            {
                await _committer.AppendTextAsync(ConversationId, _runId, text.ItemId, Delta, CancellationToken.None);
            }
        }

        var whole = coalesced ? await text.FinishAsync() : string.Concat(Enumerable.Repeat(Delta, added.Length));
        await AppendAsync(_runId, new TextCompleted(text.ItemId, whole));
    }

    public async ValueTask DisposeAsync()
    {
        await _committer.StopAsync(CancellationToken.None);
        _committer.Dispose();
        _streams.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task AppendAsync(Guid? runId, params ConversationEvent[] events) => _committer.AppendAsync(
        ConversationId, _ => [.. events.Select(next => new NewEvent(next, runId))], CancellationToken.None);

    private sealed class CountingStore(IConversationStore inner) : IConversationStore
    {
        public int Commits { get; private set; }

        public Task CommitAsync(Func<IConversationTransaction, CancellationToken, Task> work, CancellationToken cancellationToken)
        {
            Commits++;
            return inner.CommitAsync(work, cancellationToken);
        }

        public Task<StoredConversation?> LoadAsync(Guid conversationId, CancellationToken cancellationToken) =>
            inner.LoadAsync(conversationId, cancellationToken);

        public Task<IReadOnlyList<EventEnvelope>> ReadAsync(
            Guid conversationId, long after, long through, int limit, CancellationToken cancellationToken) =>
            inner.ReadAsync(conversationId, after, through, limit, cancellationToken);

        public Task<IReadOnlyList<Guid>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
            inner.ListUnfinishedAsync(cancellationToken);
    }
}
