using Autocoder.Core.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>Searches the full-text index.</summary>
internal sealed class EfConversationSearch(Database database) : IConversationSearch
{
    private const int MaxPassages = 3;

    // More than are shown, so that a conversation in which a word stands everywhere does not hide the others.
    private const int MaxRows = 400;

    public async Task<IReadOnlyList<ConversationHit>> SearchAsync(Guid? projectId, string words, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(words);
        return SearchQuery.Of(words) is { } query
            ? await database.ReadAsync((context, token) => FindAsync(context, projectId, query, token), cancellationToken).ConfigureAwait(false)
            : [];
    }

    public async Task<IReadOnlyList<TranscriptPlace>> FindInAsync(Guid conversationId, string phrase, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        return PhraseSearch.Of(phrase) is { } wanted
            ? await database.ReadAsync((context, token) => wanted.FindAsync(context, conversationId, token), cancellationToken).ConfigureAwait(false)
            : [];
    }

    private static async Task<IReadOnlyList<ConversationHit>> FindAsync(
        AutocoderDbContext context, Guid? projectId, string query, CancellationToken cancellationToken)
    {
        var found = await context.Database.SqlQuery<Found>(
            $"""
            SELECT entry.ConversationId, entry.Sequence,
                   snippet(search_texts, 0, char(1), char(2), '…', 14) AS Excerpt
            FROM search_texts
            JOIN search_entries entry ON entry.Id = search_texts.rowid
            JOIN conversations conversation ON conversation.Id = entry.ConversationId
            WHERE search_texts MATCH {query}
              AND conversation.TrashedAt IS NULL AND conversation.DeletedAt IS NULL AND conversation.ParentId IS NULL
              AND ({projectId} IS NULL OR conversation.ProjectId = {projectId})
            ORDER BY bm25(search_texts), conversation.UpdatedAt DESC
            LIMIT {MaxRows}
            """).ToListAsync(cancellationToken).ConfigureAwait(false);
        var groups = found.GroupBy(passage => passage.ConversationId).Take(IConversationSearch.MaxHits).ToList();
        var ids = groups.Select(group => group.Key).ToList();
        var rows = await context.Set<ConversationRow>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken).ConfigureAwait(false);
        return
        [
            .. groups.Select(group => new ConversationHit(
                EfConversationList.ToSummary(rows[group.Key]),
                [.. group.Take(MaxPassages).Select(passage => new FoundPassage(passage.Sequence, ConversationSearchMarks.Read(passage.Excerpt)))])),
        ];
    }

    private sealed record Found(Guid ConversationId, long Sequence, string Excerpt);
}
