using Autocoder.Core.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>Lists conversations from their projection.</summary>
internal sealed class EfConversationList(Database database) : IConversationList
{
    public Task<IReadOnlyList<ConversationSummary>> ListAsync(
        Guid projectId, ConversationKind? surface, bool trashed, CancellationToken cancellationToken) =>
        QueryAsync(
            rows => rows.Where(row => row.ProjectId == projectId
                && (surface == null || row.Surface == surface)
                && row.TrashedAt != null == trashed
                && row.ParentId == null),
            cancellationToken);

    public Task<IReadOnlyList<ConversationSummary>> ListActiveAsync(CancellationToken cancellationToken) =>
        QueryAsync(
            rows => rows.Where(row => row.ActiveRunId != null && row.TrashedAt == null && row.ParentId == null), cancellationToken);

    public async Task<ConversationSummary?> FindAsync(Guid conversationId, CancellationToken cancellationToken) =>
        (await QueryAsync(rows => rows.Where(row => row.Id == conversationId), cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    private Task<IReadOnlyList<ConversationSummary>> QueryAsync(
        Func<IQueryable<ConversationRow>, IQueryable<ConversationRow>> filter, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ConversationSummary>>(
            async (context, token) =>
            {
                var rows = await filter(context.Set<ConversationRow>().Where(row => row.DeletedAt == null))
                    .OrderByDescending(row => row.UpdatedAt)
                    .ToListAsync(token)
                    .ConfigureAwait(false);
                return [.. rows.Select(ToSummary)];
            },
            cancellationToken);

    internal static ConversationSummary ToSummary(ConversationRow row) => new(
        row.Id, row.ProjectId, row.Surface, row.Title, StatusOf(row), row.Prompts, row.CreatedAt, row.UpdatedAt, row.TrashedAt)
    {
        IsPinned = row.IsPinned,
        IsArchived = row.IsArchived,
    };

    private static ConversationStatus StatusOf(ConversationRow row) => row switch
    {
        { OpenQuestions: > 0 } => ConversationStatus.NeedsYou,
        { ActiveRunId: not null } => ConversationStatus.Running,
        { LastOutcome: null } => ConversationStatus.New,
        { LastOutcome: RunOutcome.Completed } => ConversationStatus.Done,
        { LastOutcome: RunOutcome.Stopped } => ConversationStatus.Stopped,
        { LastOutcome: RunOutcome.Interrupted } => ConversationStatus.Interrupted,
        _ => ConversationStatus.Failed,
    };
}
