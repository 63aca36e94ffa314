using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>
/// Makes the projections anew from the log, when this build projects differently from the one that wrote them, or when they say
/// something the log does not.
/// </summary>
internal sealed class ProjectionRebuild(Database database)
{
    /// <summary>Raised whenever <see cref="ConversationProjector"/> begins to project differently. Kept in <c>PRAGMA user_version</c>.</summary>
    public const int Version = 2;

    private const int PageSize = 1000;

    /// <summary>Rebuilds when needed; otherwise does nothing.</summary>
    /// <returns>Whether it rebuilt.</returns>
    public async Task<bool> RunIfNeededAsync(CancellationToken cancellationToken)
    {
        var stored = await database.WithWriterAsync(ReadVersion, cancellationToken).ConfigureAwait(false);
        if (stored == Version && !await database.ReadAsync(ContradictsLogAsync, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await RunAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Rebuilds in one transaction: readers see the old projections until the new ones are complete.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async (context, token) =>
        {
            await context.Set<ConversationRow>().ExecuteDeleteAsync(token).ConfigureAwait(false);
            await context.Set<RunRow>().ExecuteDeleteAsync(token).ConfigureAwait(false);
            await context.Set<PromptRow>().ExecuteDeleteAsync(token).ConfigureAwait(false);
            await context.Set<SnapshotRow>().ExecuteDeleteAsync(token).ConfigureAwait(false);
            await SearchIndex.ClearAsync(context, token).ConfigureAwait(false);

            var conversations = await context.Set<EventRow>().Select(row => row.ConversationId).Distinct().ToListAsync(token).ConfigureAwait(false);
            foreach (var conversationId in conversations)
            {
                await ReplayAsync(context, conversationId, token).ConfigureAwait(false);
                await KeepSnapshotAsync(context, conversationId, token).ConfigureAwait(false);
            }

            await context.Database.ExecuteSqlRawAsync($"PRAGMA user_version = {Version}", token).ConfigureAwait(false);
        },
        cancellationToken);

    private static async Task ReplayAsync(AutocoderDbContext context, Guid conversationId, CancellationToken cancellationToken)
    {
        var projector = new ConversationProjector(context);
        long after = 0;
        while (true)
        {
            var page = await context.Set<EventRow>().AsNoTracking()
                .Where(row => row.ConversationId == conversationId && row.Sequence > after)
                .OrderBy(row => row.Sequence)
                .Take(PageSize)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false);
            foreach (var row in page)
            {
                var stored = new StoredEvent(row.Kind, row.Version, row.Payload);
                await projector.ApplyAsync(
                    new EventEnvelope(conversationId, row.Sequence, row.EventId, row.RunId, row.At, EventCatalog.Deserialize(stored)),
                    cancellationToken).ConfigureAwait(false);
                after = row.Sequence;
            }

            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            if (page.Count < PageSize)
            {
                return;
            }
        }
    }

    private static async Task KeepSnapshotAsync(AutocoderDbContext context, Guid conversationId, CancellationToken cancellationToken)
    {
        try
        {
            if (await ConversationSnapshots.LoadAsync(context, conversationId, cancellationToken).ConfigureAwait(false) is { } loaded
                && loaded.Snapshot.Sequence > ConversationSnapshots.DefaultInterval)
            {
                await ConversationSnapshots.KeepAsync(context, conversationId, loaded.Snapshot, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IllegalEventException)
        {
            // One conversation that this build cannot fold must not keep the application from starting; opening it says so.
        }
    }

    // Only a copy put together by hand, or a fault of the disk, gets here. A run that was never started would keep its
    // conversation from ever running another one, and a wrong head would refuse every event.
    private static async Task<bool> ContradictsLogAsync(AutocoderDbContext context, CancellationToken cancellationToken)
    {
        var started = EventCatalog.KindOf<RunStarted>();
        var conversations = context.Set<ConversationRow>();
        var runs = context.Set<RunRow>();
        var events = context.Set<EventRow>();
        return await runs.AnyAsync(
                run => run.EndedAt == null
                    && (!conversations.Any(row => row.Id == run.ConversationId && row.ActiveRunId == run.Id)
                        || !events.Any(row => row.ConversationId == run.ConversationId && row.RunId == run.Id && row.Kind == started)),
                cancellationToken).ConfigureAwait(false)
            || await conversations.AnyAsync(
                row => row.ActiveRunId != null && !runs.Any(run => run.Id == row.ActiveRunId && run.EndedAt == null),
                cancellationToken).ConfigureAwait(false)
            || await conversations.AnyAsync(
                row => row.HeadSequence != events.Where(stored => stored.ConversationId == row.Id).Max(stored => (long?)stored.Sequence),
                cancellationToken).ConfigureAwait(false);
    }

    private static int ReadVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
