using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>Keeps the full-text index, in the transaction that writes the events.</summary>
internal sealed class SearchIndex(AutocoderDbContext context)
{
    private const string Title = "title";

    public Task ApplyAsync(EventEnvelope envelope, CancellationToken cancellationToken) => envelope.Event switch
    {
        ConversationCreated created => AddAsync(envelope, Title, created.Title, cancellationToken),
        ConversationRenamed renamed => ReplaceAsync(envelope, Title, renamed.Title, cancellationToken),
        PromptAdmitted admitted => AddAsync(envelope, KeyOf(admitted.PromptId), admitted.Text, cancellationToken),
        PromptEdited edited => ReplaceAsync(envelope, KeyOf(edited.PromptId), edited.Text, cancellationToken),
        PromptWithdrawn withdrawn => RemoveAsync(envelope, KeyOf(withdrawn.PromptId), cancellationToken),
        TextCompleted completed => AddAsync(envelope, KeyOf(completed.ItemId), completed.Text, cancellationToken),
        QuestionsAsked asked => AddAsync(
            envelope, KeyOf(asked.RequestId), string.Join('\n', asked.Questions.Select(question => question.Text)), cancellationToken),
        QuestionsAnswered answered => AddAsync(
            envelope, $"answers {KeyOf(answered.RequestId)}", string.Join('\n', answered.Answers.Select(answer => answer.Text)), cancellationToken),
        ConversationDeleted => ForgetAsync(envelope.ConversationId, cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>Empties the index, to be made anew.</summary>
    public static async Task ClearAsync(AutocoderDbContext context, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlAsync($"DELETE FROM search_texts", cancellationToken).ConfigureAwait(false);
        await context.Database.ExecuteSqlAsync($"DELETE FROM search_entries", cancellationToken).ConfigureAwait(false);
    }

    private static string KeyOf(Guid id) => id.ToString("N");

    private async Task ReplaceAsync(EventEnvelope envelope, string key, string text, CancellationToken cancellationToken)
    {
        await RemoveAsync(envelope, key, cancellationToken).ConfigureAwait(false);
        await AddAsync(envelope, key, text, cancellationToken).ConfigureAwait(false);
    }

    private async Task AddAsync(EventEnvelope envelope, string key, string text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        // U+0001 and U+0002 mark what was found in an excerpt, so they are not in a text.
        var searched = text.Replace(ConversationSearchMarks.Begin, ' ').Replace(ConversationSearchMarks.End, ' ');
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO search_entries (ConversationId, Sequence, Key) VALUES ({envelope.ConversationId}, {envelope.Sequence}, {key});
            INSERT INTO search_texts (rowid, Text) VALUES (last_insert_rowid(), {searched});
            """,
            cancellationToken).ConfigureAwait(false);
    }

    private Task<int> RemoveAsync(EventEnvelope envelope, string key, CancellationToken cancellationToken) => context.Database.ExecuteSqlAsync(
        $"""
        DELETE FROM search_texts WHERE rowid IN (SELECT Id FROM search_entries WHERE ConversationId = {envelope.ConversationId} AND Key = {key});
        DELETE FROM search_entries WHERE ConversationId = {envelope.ConversationId} AND Key = {key};
        """,
        cancellationToken);

    private Task<int> ForgetAsync(Guid conversationId, CancellationToken cancellationToken) => context.Database.ExecuteSqlAsync(
        $"""
        DELETE FROM search_texts WHERE rowid IN (SELECT Id FROM search_entries WHERE ConversationId = {conversationId});
        DELETE FROM search_entries WHERE ConversationId = {conversationId};
        """,
        cancellationToken);
}
