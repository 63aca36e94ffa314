namespace Autocoder.Core.Conversations;

/// <summary>One write transaction on the log and its projections. It holds the store's write lock from its beginning.</summary>
public interface IConversationTransaction
{
    /// <summary>Gets the head of a conversation, with what this transaction has written; null when there is no such conversation.</summary>
    /// <remarks>Nobody else can change it before the transaction ends.</remarks>
    Task<StoredHead?> FindHeadAsync(Guid conversationId, CancellationToken cancellationToken);

    /// <summary>Inserts events of one conversation and brings the projections up to date.</summary>
    /// <param name="after">The conversation after the last of them; the store may keep it, to load from.</param>
    Task AppendAsync(IReadOnlyList<AppendedEvent> events, ConversationSnapshot after, CancellationToken cancellationToken);

    /// <summary>Adds to the kept copy of an open text.</summary>
    Task AppendTextAsync(Guid conversationId, Guid itemId, string text, CancellationToken cancellationToken);
}
