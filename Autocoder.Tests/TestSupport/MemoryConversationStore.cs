using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Tests.TestSupport;

/// <summary>A store without a disk, for properties that need thousands of cases. One transaction at a time, all or nothing, like the real one.</summary>
internal sealed class MemoryConversationStore : IConversationStore
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, List<EventEnvelope>> _events = [];
    private readonly List<Piece> _pieces = [];
    private long _lastPiece;

    public async Task CommitAsync(Func<IConversationTransaction, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var transaction = new Transaction(this);
            await work(transaction, cancellationToken);
            lock (_gate)
            {
                transaction.Changes.ForEach(change => change());
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task<StoredConversation?> LoadAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_events.TryGetValue(conversationId, out var events))
            {
                return Task.FromResult<StoredConversation?>(null);
            }

            var snapshot = events.Aggregate(ConversationSnapshot.Empty, (current, next) => current.Apply(next));
            var texts = (snapshot.State.Run?.OpenTexts.Keys ?? []).Select(id => new StoredOpenText(id, TextOf(id)));
            return Task.FromResult<StoredConversation?>(new StoredConversation(snapshot, HeadOf(conversationId)!.Value, [.. texts]));
        }
    }

    public Task<StoredHead?> FindHeadAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(HeadOf(conversationId));
        }
    }

    public Task<IReadOnlyList<EventEnvelope>> ReadAsync(
        Guid conversationId, long after, long through, int limit, CancellationToken cancellationToken) =>
        QueryAsync(conversationId, events => events.Where(e => e.Sequence > after && e.Sequence <= through).Take(limit));

    public Task<IReadOnlyList<EventEnvelope>> ReadAtAsync(
        Guid conversationId, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        QueryAsync(conversationId, events => events.Where(e => sequences.Contains(e.Sequence)));

    public Task<IReadOnlyList<EventEnvelope>> ReadPromptsAsync(
        Guid conversationId, IReadOnlyCollection<Guid> promptIds, long before, CancellationToken cancellationToken) =>
        QueryAsync(conversationId, events => events.Where(e => e.Sequence < before && e.Event switch
        {
            PromptAdmitted admitted => promptIds.Contains(admitted.PromptId),
            PromptEdited edited => promptIds.Contains(edited.PromptId),
            _ => false,
        }));

    public Task<IReadOnlyList<Guid>> ListUnfinishedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<Guid>>([.. _events
                .Where(pair => pair.Value.Aggregate(ConversationState.Empty, (current, next) => current.Apply(next)).Run is not null)
                .Select(pair => pair.Key)]);
        }
    }

    private Task<IReadOnlyList<EventEnvelope>> QueryAsync(
        Guid conversationId, Func<IEnumerable<EventEnvelope>, IEnumerable<EventEnvelope>> query)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<EventEnvelope>>([.. query(_events.GetValueOrDefault(conversationId, []))]);
        }
    }

    private StoredHead? HeadOf(Guid conversationId) => _events.TryGetValue(conversationId, out var log)
        ? new StoredHead(LogCursor.FirstEpoch, log.Count, _pieces.FindLast(piece => piece.ConversationId == conversationId)?.Id ?? 0)
        : null;

    private string TextOf(Guid itemId) => string.Concat(_pieces.Where(piece => piece.ItemId == itemId).Select(piece => piece.Text));

    private sealed record Piece(long Id, Guid ConversationId, Guid ItemId, string Text);

    private sealed class Transaction(MemoryConversationStore store) : IConversationTransaction
    {
        private readonly Dictionary<Guid, StoredHead> _heads = [];

        public List<Action> Changes { get; } = [];

        public async Task<StoredHead?> FindHeadAsync(Guid conversationId, CancellationToken cancellationToken) =>
            _heads.TryGetValue(conversationId, out var head) ? head : await store.FindHeadAsync(conversationId, cancellationToken);

        public async Task AppendAsync(IReadOnlyList<AppendedEvent> events, ConversationSnapshot after, CancellationToken cancellationToken)
        {
            foreach (var (envelope, stored) in events)
            {
                // Through its stored form, as a database would keep it.
                var kept = envelope with { Event = EventCatalog.Deserialize(stored) };
                var head = await FindHeadAsync(envelope.ConversationId, cancellationToken) ?? StoredHead.None;
                var pieces = store._pieces.Where(piece => piece.ConversationId == envelope.ConversationId && !Closes(kept.Event, piece.ItemId));
                _heads[envelope.ConversationId] = head with { Sequence = envelope.Sequence, LastPiece = pieces.LastOrDefault()?.Id ?? 0 };
                Changes.Add(() =>
                {
                    store._pieces.RemoveAll(piece => Closes(kept.Event, piece.ItemId));
                    if (!store._events.TryGetValue(kept.ConversationId, out var log))
                    {
                        store._events[kept.ConversationId] = log = [];
                    }

                    if (log.Count + 1 != kept.Sequence)
                    {
                        throw new IOException($"There is an event {kept.Sequence} already.");
                    }

                    log.Add(kept);
                });
            }
        }

        public async Task AppendTextAsync(Guid conversationId, Guid itemId, string text, CancellationToken cancellationToken)
        {
            var piece = new Piece(++store._lastPiece, conversationId, itemId, text);
            var head = await FindHeadAsync(conversationId, cancellationToken) ?? StoredHead.None;
            _heads[conversationId] = head with { LastPiece = piece.Id };
            Changes.Add(() => store._pieces.Add(piece));
        }

        private static bool Closes(ConversationEvent next, Guid itemId) => next switch
        {
            TextCompleted completed => completed.ItemId == itemId,
            ReasoningCompleted completed => completed.ItemId == itemId,
            _ => false,
        };
    }
}
