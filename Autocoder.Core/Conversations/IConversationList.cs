namespace Autocoder.Core.Conversations;

/// <summary>Lists conversations, newest change first. Sub-agents' conversations and deleted ones are left out.</summary>
public interface IConversationList
{
    /// <summary>The conversations of a project.</summary>
    /// <param name="surface">Only those of one surface; null for all.</param>
    /// <param name="trashed">True for the trash, false for everything else.</param>
    Task<IReadOnlyList<ConversationSummary>> ListAsync(
        Guid projectId, ConversationKind? surface, bool trashed, CancellationToken cancellationToken);

    /// <summary>The conversations of all projects that are running or wait for the person, not trashed.</summary>
    Task<IReadOnlyList<ConversationSummary>> ListActiveAsync(CancellationToken cancellationToken);

    /// <summary>One conversation, in the trash or not; null when there is none.</summary>
    Task<ConversationSummary?> FindAsync(Guid conversationId, CancellationToken cancellationToken);
}
