using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Conversations;

/// <summary>Says that a conversation's row in a list may look different: its title, state or existence.</summary>
public sealed partial class ConversationChanges(ILogger<ConversationChanges> logger)
{
    /// <summary>Raised with the conversation's id, on the committer's thread, so a handler must return at once.</summary>
    public event Action<Guid>? Changed;

    internal void Raise(Guid conversationId)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(Changed))
        {
            try
            {
                handler(conversationId);
            }
            catch (Exception exception)
            {
                // A broken page must neither stop the committer nor keep the other pages from hearing.
                LogHandlerFailed(exception, conversationId);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A list failed when it was told of a change of conversation {ConversationId}.")]
    private partial void LogHandlerFailed(Exception exception, Guid conversationId);
}
