namespace Autocoder.Core.Conversations;

/// <summary>The read side of the log. Safe to use from any thread.</summary>
public interface IConversationLog
{
    /// <summary>Asks to be told that a conversation may have something new.</summary>
    /// <remarks>
    /// <paramref name="ring"/> is called on the committer's thread and must return at once. It carries no data and may come
    /// once for many changes: subscribe first, then <see cref="PullAsync"/>. It is a hint; whoever has heard nothing for a
    /// while calls <see cref="RefreshAsync"/> and pulls all the same.
    /// </remarks>
    /// <returns>Dispose it to be told no more.</returns>
    IDisposable Subscribe(Guid conversationId, Action ring);

    /// <summary>Gets what is new after a position, events first, then the text that is still growing.</summary>
    /// <param name="limit">The most events to return; <see cref="LogPull.HasMore"/> says when there are more.</param>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    Task<LogPull> PullAsync(Guid conversationId, LogPosition position, int limit, CancellationToken cancellationToken);

    /// <summary>Opens a conversation at its end, at a cost that does not depend on its length. Pull from <see cref="LogOpening.ToPosition"/> on.</summary>
    /// <param name="tail">The most events to begin with.</param>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    Task<LogOpening> OpenAsync(Guid conversationId, int tail, CancellationToken cancellationToken);

    /// <summary>Gets the page of at most <paramref name="count"/> events that ends just before a sequence.</summary>
    /// <remarks>It may begin a little later than it could, where a run or a step begins.</remarks>
    Task<LogPage> ReadEarlierAsync(Guid conversationId, long before, int count, CancellationToken cancellationToken);

    /// <summary>Gets the events from one sequence through another, as far as there are any, wherever in the conversation they are.</summary>
    Task<LogPage> ReadStretchAsync(Guid conversationId, long from, long through, CancellationToken cancellationToken);

    /// <summary>Looks whether another owner of the database wrote, so that the next pull has it. For whoever has heard nothing for a while.</summary>
    Task RefreshAsync(Guid conversationId, CancellationToken cancellationToken);

    /// <summary>Follows a conversation for ever: what was recorded, then what comes. Ends only by cancellation.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    IAsyncEnumerable<LogFrame> FollowAsync(Guid conversationId, LogCursor after, FollowOptions options, CancellationToken cancellationToken);

    /// <summary>Gets what a conversation is now: what runs, what waits, and where following begins.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    Task<ConversationMoment> GetAsync(Guid conversationId, CancellationToken cancellationToken);

    /// <summary>Gets events by sequence: those after <paramref name="after"/>, oldest first.</summary>
    Task<IReadOnlyList<EventEnvelope>> ReadAsync(Guid conversationId, long after, int limit, CancellationToken cancellationToken);
}
