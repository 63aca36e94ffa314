using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>The log in SQLite.</summary>
internal sealed class EfConversationStore(Database database) : IConversationStore
{
    // What the state of a conversation depends on, beside the events of the active run.
    private static readonly string[] KindsOfState =
    [
        EventCatalog.KindOf<ConversationCreated>(), EventCatalog.KindOf<ConversationRenamed>(),
        EventCatalog.KindOf<ConversationTrashed>(), EventCatalog.KindOf<ConversationRestored>(),
        EventCatalog.KindOf<ConversationDeleted>(), EventCatalog.KindOf<PromptAdmitted>(),
        EventCatalog.KindOf<PromptDelivered>(), EventCatalog.KindOf<PromptWithdrawn>(), EventCatalog.KindOf<PromptEdited>(),
        EventCatalog.KindOf<PromptDeliveryChanged>(), EventCatalog.KindOf<PromptsReordered>(), EventCatalog.KindOf<ProfileSwitched>(),
        EventCatalog.KindOf<PermissionRuleAdded>(), EventCatalog.KindOf<PermissionRuleRemoved>(),
        EventCatalog.KindOf<RunStarted>(), EventCatalog.KindOf<RunEnded>(), EventCatalog.KindOf<SpecDraftUpdated>(),
        EventCatalog.KindOf<SpecApproved>(),
    ];

    public Task CommitAsync(Func<IConversationTransaction, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        database.WriteAsync((context, token) => work(new EfConversationTransaction(context), token), cancellationToken);

    public Task<StoredConversation?> LoadAsync(Guid conversationId, CancellationToken cancellationToken) =>
        database.ReadAsync((context, token) => LoadAsync(context, conversationId, token), cancellationToken);

    public Task<IReadOnlyList<EventEnvelope>> ReadAsync(
        Guid conversationId, long after, long through, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<EventEnvelope>>(
            async (context, token) =>
            {
                var rows = await context.Set<EventRow>()
                    .Where(row => row.ConversationId == conversationId && row.Sequence > after && row.Sequence <= through)
                    .OrderBy(row => row.Sequence)
                    .Take(limit)
                    .ToListAsync(token)
                    .ConfigureAwait(false);
                return [.. rows.Select(ToEnvelope)];
            },
            cancellationToken);

    public Task<IReadOnlyList<Guid>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Guid>>(
            async (context, token) => await context.Set<RunRow>()
                .Where(run => run.EndedAt == null)
                .OrderBy(run => run.StartedAt)
                .Select(run => run.ConversationId)
                .ToListAsync(token)
                .ConfigureAwait(false),
            cancellationToken);

    private static async Task<StoredConversation?> LoadAsync(
        AutocoderDbContext context, Guid conversationId, CancellationToken cancellationToken)
    {
        var row = await context.Set<ConversationRow>()
            .SingleOrDefaultAsync(conversation => conversation.Id == conversationId, cancellationToken)
            .ConfigureAwait(false);
        if (row is null)
        {
            return null;
        }

        var events = await context.Set<EventRow>()
            .Where(stored => stored.ConversationId == conversationId
                && (KindsOfState.Contains(stored.Kind) || (row.ActiveRunId != null && stored.RunId == row.ActiveRunId)))
            .OrderBy(stored => stored.Sequence)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var state = events.Select(ToEnvelope).Aggregate(ConversationState.Empty, (current, next) => current.Apply(next));

        var pieces = await context.Set<OpenTextRow>()
            .Where(piece => piece.ConversationId == conversationId)
            .OrderBy(piece => piece.Id)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var openTexts = (state.Run?.OpenTexts.Keys ?? []).Select(itemId =>
            new StoredOpenText(itemId, string.Concat(pieces.Where(piece => piece.ItemId == itemId).Select(piece => piece.Text))));

        return new StoredConversation(state with { HeadSequence = row.HeadSequence }, row.Epoch, [.. openTexts]);
    }

    private static EventEnvelope ToEnvelope(EventRow row) => new(
        row.ConversationId, row.Sequence, row.EventId, row.RunId, row.At,
        EventCatalog.Deserialize(new StoredEvent(row.Kind, row.Version, row.Payload)));
}
