namespace Autocoder.Core.Conversations;

/// <summary>No conversation has this id.</summary>
public sealed class ConversationNotFoundException(Guid conversationId)
    : Exception($"There is no conversation {conversationId}. It may have been deleted.")
{
    /// <summary>The id that was asked for.</summary>
    public Guid ConversationId { get; } = conversationId;
}
