namespace Autocoder.Core.Conversations;

/// <summary>Where the log is kept. Only the committer writes through it.</summary>
public interface IConversationStore
{
    /// <summary>Runs one transaction. When this returns it is on disk; when <paramref name="work"/> throws, nothing is kept.</summary>
    Task CommitAsync(Func<IConversationTransaction, CancellationToken, Task> work, CancellationToken cancellationToken);

    /// <summary>Gets a conversation as it is now, or null when there is none.</summary>
    Task<StoredConversation?> LoadAsync(Guid conversationId, CancellationToken cancellationToken);

    /// <summary>Gets the events in <c>(after, through]</c>, oldest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<EventEnvelope>> ReadAsync(
        Guid conversationId, long after, long through, int limit, CancellationToken cancellationToken);

    /// <summary>Gets the conversations whose latest run has no end.</summary>
    Task<IReadOnlyList<Guid>> ListUnfinishedAsync(CancellationToken cancellationToken);
}
