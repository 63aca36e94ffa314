using System.Diagnostics;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Runs;

namespace Autocoder.Benchmarks.Streaming;

/// <summary>The product's log, committer and database, with one conversation whose run writes one text.</summary>
internal sealed class BenchmarkLog : IAsyncDisposable
{
    /// <summary>Characters in a delta; by it a viewer knows which delta it sees.</summary>
    public const int DeltaLength = 20;

    private static readonly string Delta = new('x', DeltaLength);

    private readonly CountingStore _store;
    private readonly ProductLog _log;
    private readonly Guid _runId = Guid.CreateVersion7();

    private BenchmarkLog(ProductLog log) => (_log, _store) = (log, (CountingStore)log.Store);

    public Guid ConversationId { get; } = Guid.CreateVersion7();

    public ConversationLog Log => _log.Log;

    public int Commits => _store.Commits;

    public static async Task<BenchmarkLog> StartAsync()
    {
        var log = new BenchmarkLog(await ProductLog.StartAsync(store => new CountingStore(store)));
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
            _log.Writer, ConversationId, _runId, TimeProvider.System, new RunOptions().TextInterval);
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
                await _log.Writer.AppendTextAsync(ConversationId, _runId, text.ItemId, Delta, CancellationToken.None);
            }
        }

        var whole = coalesced ? await text.FinishAsync() : string.Concat(Enumerable.Repeat(Delta, added.Length));
        await AppendAsync(_runId, new TextCompleted(text.ItemId, whole));
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private Task AppendAsync(Guid? runId, params ConversationEvent[] events) => _log.AppendAsync(ConversationId, runId, events);

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

        public Task<StoredHead?> FindHeadAsync(Guid conversationId, CancellationToken cancellationToken) =>
            inner.FindHeadAsync(conversationId, cancellationToken);

        public Task<IReadOnlyList<EventEnvelope>> ReadAtAsync(
            Guid conversationId, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
            inner.ReadAtAsync(conversationId, sequences, cancellationToken);

        public Task<IReadOnlyList<EventEnvelope>> ReadPromptsAsync(
            Guid conversationId, IReadOnlyCollection<Guid> promptIds, long through, CancellationToken cancellationToken) =>
            inner.ReadPromptsAsync(conversationId, promptIds, through, cancellationToken);

        public Task<IReadOnlyList<Guid>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
            inner.ListUnfinishedAsync(cancellationToken);
    }
}
