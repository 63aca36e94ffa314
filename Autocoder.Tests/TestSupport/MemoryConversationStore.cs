using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Tests.TestSupport;

/// <summary>A store without a disk, for properties that need thousands of cases. All or nothing, like the real one.</summary>
internal sealed class MemoryConversationStore : IConversationStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, List<EventEnvelope>> _events = [];
    private readonly Dictionary<Guid, StringBuilder> _texts = [];

    public async Task CommitAsync(Func<IConversationTransaction, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var transaction = new Transaction();
        await work(transaction, cancellationToken);
        lock (_gate)
        {
            transaction.Changes.ForEach(change => change(this));
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

            var state = events.Aggregate(ConversationState.Empty, (current, next) => current.Apply(next));
            var texts = (state.Run?.OpenTexts.Keys ?? []).Select(
                id => new StoredOpenText(id, _texts.TryGetValue(id, out var text) ? text.ToString() : ""));
            return Task.FromResult<StoredConversation?>(new StoredConversation(state, LogCursor.FirstEpoch, [.. texts]));
        }
    }

    public Task<IReadOnlyList<EventEnvelope>> ReadAsync(
        Guid conversationId, long after, long through, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<EventEnvelope>>(
                [.. _events.GetValueOrDefault(conversationId, []).Where(e => e.Sequence > after && e.Sequence <= through).Take(limit)]);
        }
    }

    public Task<IReadOnlyList<Guid>> ListUnfinishedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<Guid>>([.. _events
                .Where(pair => pair.Value.Aggregate(ConversationState.Empty, (current, next) => current.Apply(next)).Run is not null)
                .Select(pair => pair.Key)]);
        }
    }

    private sealed class Transaction : IConversationTransaction
    {
        public List<Action<MemoryConversationStore>> Changes { get; } = [];

        public Task AppendAsync(IReadOnlyList<AppendedEvent> events, CancellationToken cancellationToken)
        {
            Changes.Add(store =>
            {
                foreach (var (envelope, stored) in events)
                {
                    if (!store._events.TryGetValue(envelope.ConversationId, out var log))
                    {
                        store._events[envelope.ConversationId] = log = [];
                    }

                    // Through its stored form, as a database would keep it.
                    log.Add(envelope with { Event = EventCatalog.Deserialize(stored) });
                }
            });
            return Task.CompletedTask;
        }

        public Task AppendTextAsync(Guid conversationId, Guid itemId, string text, CancellationToken cancellationToken)
        {
            Changes.Add(store =>
            {
                if (!store._texts.TryGetValue(itemId, out var known))
                {
                    store._texts[itemId] = known = new StringBuilder();
                }

                known.Append(text);
            });
            return Task.CompletedTask;
        }
    }
}
