using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>The log in SQLite.</summary>
internal sealed class EfConversationStore(Database database) : IConversationStore
{
    /// <summary>After how many events a conversation's snapshot is kept anew: about the most that are folded when it is loaded.</summary>
    internal int SnapshotInterval { get; init; } = ConversationSnapshots.DefaultInterval;

    public Task CommitAsync(Func<IConversationTransaction, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        database.WriteAsync((context, token) => work(new EfConversationTransaction(context, SnapshotInterval), token), cancellationToken);

    public Task<StoredConversation?> LoadAsync(Guid conversationId, CancellationToken cancellationToken) =>
        database.ReadAsync((context, token) => ConversationSnapshots.LoadAsync(context, conversationId, token), cancellationToken);

    public Task<StoredHead?> FindHeadAsync(Guid conversationId, CancellationToken cancellationToken) =>
        database.ReadAsync((context, _) => Task.FromResult(HeadOf(context, conversationId)), cancellationToken);

    /// <summary>Reads a head, with whatever the context's transaction has written.</summary>
    public static StoredHead? HeadOf(AutocoderDbContext context, Guid conversationId)
    {
        // Asked at the beginning and at the end of every commit, so without the cost of building a query.
        using var command = (SqliteCommand)context.Database.GetDbConnection().CreateCommand();
        command.Transaction = (SqliteTransaction?)context.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText =
            "SELECT Epoch, HeadSequence, (SELECT MAX(Id) FROM open_texts WHERE ConversationId = $id) FROM conversations WHERE Id = $id";
        command.Parameters.AddWithValue("$id", conversationId);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new StoredHead(reader.GetInt32(0), reader.GetInt64(1), reader.IsDBNull(2) ? 0 : reader.GetInt64(2)) : null;
    }

    public Task<IReadOnlyList<EventEnvelope>> ReadAsync(
        Guid conversationId, long after, long through, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            events => events
                .Where(row => row.ConversationId == conversationId && row.Sequence > after && row.Sequence <= through)
                .OrderBy(row => row.Sequence)
                .Take(limit),
            cancellationToken);

    public Task<IReadOnlyList<EventEnvelope>> ReadAtAsync(
        Guid conversationId, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        QueryAsync(
            events => events.Where(row => row.ConversationId == conversationId && sequences.Contains(row.Sequence)).OrderBy(row => row.Sequence),
            cancellationToken);

    public async Task<IReadOnlyList<EventEnvelope>> ReadPromptsAsync(
        Guid conversationId, IReadOnlyCollection<Guid> promptIds, long before, CancellationToken cancellationToken)
    {
        var found = new List<EventEnvelope>();
        foreach (var promptId in promptIds)
        {
            found.AddRange(await ReadPromptAsync(conversationId, promptId, before, cancellationToken).ConfigureAwait(false));
        }

        return [.. found.OrderBy(envelope => envelope.Sequence)];
    }

    public Task<IReadOnlyList<Guid>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Guid>>(
            async (context, token) => await context.Set<RunRow>()
                .Where(run => run.EndedAt == null)
                .OrderBy(run => run.StartedAt)
                .Select(run => run.ConversationId)
                .ToListAsync(token)
                .ConfigureAwait(false),
            cancellationToken);

    // Searched backwards from where the prompt is delivered: it seldom waits long, so this ends after a few rows.
    private async Task<IReadOnlyList<EventEnvelope>> ReadPromptAsync(
        Guid conversationId, Guid promptId, long before, CancellationToken cancellationToken)
    {
        var (admittedKind, editedKind, name) = (EventCatalog.KindOf<PromptAdmitted>(), EventCatalog.KindOf<PromptEdited>(), promptId.ToString());
        var admitted = await QueryAsync(
            events => events
                .Where(row => row.ConversationId == conversationId && row.Sequence < before && row.Kind == admittedKind && row.Payload.Contains(name))
                .OrderByDescending(row => row.Sequence)
                .Take(1),
            cancellationToken).ConfigureAwait(false);
        var after = admitted.Count == 0 ? before : admitted[0].Sequence;
        var edited = await QueryAsync(
            events => events
                .Where(row => row.ConversationId == conversationId && row.Sequence > after && row.Sequence < before
                    && row.Kind == editedKind && row.Payload.Contains(name))
                .OrderByDescending(row => row.Sequence)
                .Take(1),
            cancellationToken).ConfigureAwait(false);
        return [.. admitted, .. edited];
    }

    private Task<IReadOnlyList<EventEnvelope>> QueryAsync(
        Func<IQueryable<EventRow>, IQueryable<EventRow>> query, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<EventEnvelope>>(
            async (context, token) =>
            {
                var rows = await query(context.Set<EventRow>()).ToListAsync(token).ConfigureAwait(false);
                return [.. rows.Select(row => row.ToEnvelope())];
            },
            cancellationToken);
}
