namespace Autocoder.Core.Conversations;

/// <summary>The read side of the log. Safe to use from any thread.</summary>
public interface IConversationLog
{
    /// <summary>Asks to be told that a conversation may have something new.</summary>
    /// <remarks>
    /// <paramref name="ring"/> is called on the committer's thread and must return at once. It carries no data, may come
    /// once for many changes, and never comes late: subscribe first, then <see cref="PullAsync"/>.
    /// </remarks>
    /// <returns>Dispose it to be told no more.</returns>
    IDisposable Subscribe(Guid conversationId, Action ring);

    /// <summary>Gets what is new after a position, events first, then the text that is still growing.</summary>
    /// <param name="limit">The most events to return; <see cref="LogPull.HasMore"/> says when there are more.</param>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    Task<LogPull> PullAsync(Guid conversationId, LogPosition position, int limit, CancellationToken cancellationToken);

    /// <summary>Follows a conversation for ever: what was recorded, then what comes. Ends only by cancellation.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    IAsyncEnumerable<LogFrame> FollowAsync(Guid conversationId, LogCursor after, FollowOptions options, CancellationToken cancellationToken);

    /// <summary>Gets what a conversation is now: what runs, what waits, and where following begins.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    Task<ConversationSnapshot> GetAsync(Guid conversationId, CancellationToken cancellationToken);

    /// <summary>Gets events by sequence: those after <paramref name="after"/>, oldest first.</summary>
    Task<IReadOnlyList<EventEnvelope>> ReadAsync(Guid conversationId, long after, int limit, CancellationToken cancellationToken);
}
