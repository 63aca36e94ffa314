namespace Autocoder.Core.Conversations;

/// <summary>One write transaction on the log and its projections.</summary>
public interface IConversationTransaction
{
    /// <summary>Inserts events and brings the projections up to date.</summary>
    Task AppendAsync(IReadOnlyList<AppendedEvent> events, CancellationToken cancellationToken);

    /// <summary>Adds to the kept copy of an open text.</summary>
    Task AppendTextAsync(Guid conversationId, Guid itemId, string text, CancellationToken cancellationToken);
}
