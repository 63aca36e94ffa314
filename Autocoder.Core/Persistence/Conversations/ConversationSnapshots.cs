using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>Keeps conversations folded up to an event, and loads one from there on.</summary>
internal static class ConversationSnapshots
{
    /// <summary>After how many events a snapshot is kept anew.</summary>
    public const int DefaultInterval = 512;

    private const int PageSize = 1000;

    // What the state of a conversation depends on, beside the events of the run it has.
    private static readonly HashSet<string> KindsOfState =
    [
        EventCatalog.KindOf<ConversationCreated>(), EventCatalog.KindOf<ConversationRenamed>(),
        EventCatalog.KindOf<ConversationTrashed>(), EventCatalog.KindOf<ConversationRestored>(),
        EventCatalog.KindOf<ConversationDeleted>(), EventCatalog.KindOf<ConversationPinChanged>(),
        EventCatalog.KindOf<ConversationArchiveChanged>(), EventCatalog.KindOf<PromptAdmitted>(),
        EventCatalog.KindOf<PromptDelivered>(), EventCatalog.KindOf<PromptWithdrawn>(), EventCatalog.KindOf<PromptEdited>(),
        EventCatalog.KindOf<PromptDeliveryChanged>(), EventCatalog.KindOf<PromptsReordered>(), EventCatalog.KindOf<ProfileSwitched>(),
        EventCatalog.KindOf<EngineSwitched>(),
        EventCatalog.KindOf<PermissionRuleAdded>(), EventCatalog.KindOf<PermissionRuleRemoved>(),
        EventCatalog.KindOf<RunStarted>(), EventCatalog.KindOf<RunEnded>(), EventCatalog.KindOf<SpecDraftUpdated>(),
        EventCatalog.KindOf<SpecApproved>(),
    ];

    /// <summary>Loads a conversation as it is now; null when there is none.</summary>
    public static async Task<StoredConversation?> LoadAsync(
        AutocoderDbContext context, Guid conversationId, CancellationToken cancellationToken)
    {
        var row = await context.Set<ConversationRow>()
            .SingleOrDefaultAsync(conversation => conversation.Id == conversationId, cancellationToken)
            .ConfigureAwait(false);
        if (row is null)
        {
            return null;
        }

        var stored = await context.Set<SnapshotRow>()
            .SingleOrDefaultAsync(
                candidate => candidate.ConversationId == conversationId && candidate.Version == SnapshotJson.Version, cancellationToken)
            .ConfigureAwait(false);
        var snapshot = await FoldAsync(
            context, row, stored is null ? ConversationSnapshot.Empty : SnapshotJson.Read(stored.Payload), cancellationToken).ConfigureAwait(false);

        var pieces = await context.Set<OpenTextRow>()
            .Where(piece => piece.ConversationId == conversationId)
            .OrderBy(piece => piece.Id)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var openTexts = (snapshot.State.Run?.OpenTexts.Keys ?? []).Select(itemId =>
            new StoredOpenText(itemId, string.Concat(pieces.Where(piece => piece.ItemId == itemId).Select(piece => piece.Text))));
        return new StoredConversation(
            snapshot, new StoredHead(row.Epoch, row.HeadSequence, pieces.Count == 0 ? 0 : pieces[^1].Id), [.. openTexts]);
    }

    /// <summary>Keeps a snapshot in place of an earlier one.</summary>
    public static Task KeepAsync(
        AutocoderDbContext context, Guid conversationId, ConversationSnapshot snapshot, CancellationToken cancellationToken)
    {
        var (sequence, version, payload) = (snapshot.Sequence, SnapshotJson.Version, SnapshotJson.Write(snapshot));
        return context.Database.ExecuteSqlAsync(
            $"INSERT OR REPLACE INTO snapshots (ConversationId, Sequence, Version, Payload) VALUES ({conversationId}, {sequence}, {version}, {payload})",
            cancellationToken);
    }

    private static async Task<ConversationSnapshot> FoldAsync(
        AutocoderDbContext context, ConversationRow row, ConversationSnapshot start, CancellationToken cancellationToken)
    {
        var (state, header) = (start.State, start.Header);
        var runAtStart = state.Run?.RunId;
        for (var after = start.Sequence; after < row.HeadSequence;)
        {
            var page = await context.Set<EventRow>()
                .Where(stored => stored.ConversationId == row.Id && stored.Sequence > after)
                .OrderBy(stored => stored.Sequence)
                .Take(PageSize)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false);
            foreach (var stored in page)
            {
                var envelope = stored.ToEnvelope();
                header = header.After(envelope);

                // What ended runs did was legal when it was written, and need not be by the rules of today.
                if (KindsOfState.Contains(stored.Kind)
                    || (stored.RunId is { } runId && (runId == row.ActiveRunId || runId == runAtStart)))
                {
                    state = state.Apply(envelope);
                }
            }

            after = page.Count == 0 ? row.HeadSequence : page[^1].Sequence;
        }

        return new ConversationSnapshot(state with { HeadSequence = row.HeadSequence }, header);
    }
}
