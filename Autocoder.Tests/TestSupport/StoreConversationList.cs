using Autocoder.Core.Conversations;

namespace Autocoder.Tests.TestSupport;

/// <summary>Finds conversations in whatever store a case uses, where the real list would look into the database.</summary>
internal sealed class StoreConversationList(IConversationStore store) : IConversationList
{
    public Task<IReadOnlyList<ConversationSummary>> ListAsync(
        Guid projectId, ConversationKind? surface, bool trashed, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ConversationSummary>> ListActiveAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<ConversationSummary?> FindAsync(Guid conversationId, CancellationToken cancellationToken) =>
        await store.LoadAsync(conversationId, cancellationToken) is { Snapshot.State: { Created: { } created } state }
            ? new ConversationSummary(
                conversationId, created.ProjectId, created.Surface, state.Title, ConversationStatus.New, state.PromptIds.Count, default, default, null)
            : null;
}
