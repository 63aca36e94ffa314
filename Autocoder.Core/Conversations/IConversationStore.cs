namespace Autocoder.Core.Conversations;

/// <summary>Where the log is kept. Only committers write through it; there may be several, in several processes.</summary>
public interface IConversationStore
{
    /// <summary>Runs one transaction. When this returns it is on disk; when <paramref name="work"/> throws, nothing is kept.</summary>
    Task CommitAsync(Func<IConversationTransaction, CancellationToken, Task> work, CancellationToken cancellationToken);

    /// <summary>Gets a conversation as it is now, or null when there is none.</summary>
    Task<StoredConversation?> LoadAsync(Guid conversationId, CancellationToken cancellationToken);

    /// <summary>Gets the head of a conversation as it is now, or null when there is none. Cheap.</summary>
    Task<StoredHead?> FindHeadAsync(Guid conversationId, CancellationToken cancellationToken);

    /// <summary>Gets the events in <c>(after, through]</c>, oldest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<EventEnvelope>> ReadAsync(
        Guid conversationId, long after, long through, int limit, CancellationToken cancellationToken);

    /// <summary>Gets single events by their sequences, oldest first.</summary>
    Task<IReadOnlyList<EventEnvelope>> ReadAtAsync(
        Guid conversationId, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);

    /// <summary>Gets the events before a sequence that admitted or edited prompts, oldest first.</summary>
    Task<IReadOnlyList<EventEnvelope>> ReadPromptsAsync(
        Guid conversationId, IReadOnlyCollection<Guid> promptIds, long before, CancellationToken cancellationToken);

    /// <summary>Gets the conversations whose latest run has no end.</summary>
    Task<IReadOnlyList<Guid>> ListUnfinishedAsync(CancellationToken cancellationToken);
}
