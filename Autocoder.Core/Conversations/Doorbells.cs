using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Conversations;

/// <summary>The wake bus of one process. A doorbell carries nothing, so nothing can pile up.</summary>
internal sealed partial class Doorbells(ILogger<Doorbells> logger) : IWakeBus
{
    private readonly ConcurrentDictionary<Guid, ImmutableList<Subscription>> _subscriptions = new();

    /// <summary>How many subscriptions there are, over all conversations.</summary>
    public int Count => _subscriptions.Values.Sum(list => list.Count);

    /// <inheritdoc/>
    public IDisposable Subscribe(Guid conversationId, Action ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        var subscription = new Subscription(this, conversationId, ring);
        _subscriptions.AddOrUpdate(conversationId, [subscription], (_, list) => list.Add(subscription));
        return subscription;
    }

    /// <inheritdoc/>
    public bool HasSubscribers(Guid conversationId) => _subscriptions.ContainsKey(conversationId);

    /// <inheritdoc/>
    public void Ring(Guid conversationId)
    {
        if (!_subscriptions.TryGetValue(conversationId, out var subscriptions))
        {
            return;
        }

        foreach (var subscription in subscriptions)
        {
            try
            {
                subscription.Ring();
            }
            catch (Exception exception)
            {
                // A broken page must neither stop the committer nor keep the other pages from hearing.
                LogRingFailed(exception, conversationId);
            }
        }
    }

    private void Remove(Subscription subscription)
    {
        while (_subscriptions.TryGetValue(subscription.ConversationId, out var list))
        {
            var rest = list.Remove(subscription);
            if (rest.IsEmpty
                ? _subscriptions.TryRemove(KeyValuePair.Create(subscription.ConversationId, list))
                : _subscriptions.TryUpdate(subscription.ConversationId, rest, list))
            {
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A follower of conversation {ConversationId} failed when it was told of a change.")]
    private partial void LogRingFailed(Exception exception, Guid conversationId);

    private sealed class Subscription(Doorbells doorbells, Guid conversationId, Action ring) : IDisposable
    {
        public Guid ConversationId { get; } = conversationId;

        public void Ring() => ring();

        public void Dispose() => doorbells.Remove(this);
    }
}
