using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>One write transaction over the log tables.</summary>
internal sealed class EfConversationTransaction(AutocoderDbContext context, int snapshotInterval) : IConversationTransaction
{
    private readonly ConversationProjector _projector = new(context);

    public async Task<StoredHead?> FindHeadAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return EfConversationStore.HeadOf(context, conversationId);
    }

    public async Task AppendAsync(IReadOnlyList<AppendedEvent> events, ConversationSnapshot after, CancellationToken cancellationToken)
    {
        foreach (var (envelope, stored) in events)
        {
            // Pieces of an open text are deleted by a statement of their own, which must come after their insertion.
            if (envelope.Event is TextCompleted or ReasoningCompleted)
            {
                await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            }

            context.Add(new EventRow
            {
                ConversationId = envelope.ConversationId,
                Sequence = envelope.Sequence,
                EventId = envelope.EventId,
                RunId = envelope.RunId,
                Kind = stored.Kind,
                Version = stored.Version,
                At = envelope.At,
                Payload = stored.Payload,
            });
            await _projector.ApplyAsync(envelope, cancellationToken).ConfigureAwait(false);
        }

        if (IsTimeForSnapshot(events))
        {
            await ConversationSnapshots.KeepAsync(context, events[0].Envelope.ConversationId, after, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task AppendTextAsync(Guid conversationId, Guid itemId, string text, CancellationToken cancellationToken)
    {
        context.Add(new OpenTextRow { ConversationId = conversationId, ItemId = itemId, Text = text });
        return Task.CompletedTask;
    }

    // After so many events, and at the end of a run, after which a conversation is often left for long.
    private bool IsTimeForSnapshot(IReadOnlyList<AppendedEvent> events)
    {
        var (first, last) = (events[0].Envelope.Sequence, events[^1].Envelope.Sequence);
        return (first - 1) / snapshotInterval != last / snapshotInterval
            || (last > snapshotInterval && events.Any(added => added.Envelope.Event is RunEnded));
    }
}
