using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs.Context;

/// <summary>What a person may do about the room in a conversation.</summary>
internal sealed class CompactionRequests(IConversationLog log, IConversationWriter writer)
{
    /// <summary>Has room made before the next model call.</summary>
    /// <remarks>Two tabs at once may both ask; the next compaction serves both.</remarks>
    public async Task<bool> RequestAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        var events = await log.ReadAsync(conversationId, 0, int.MaxValue, cancellationToken).ConfigureAwait(false);
        return !ContextLog.Of(events).IsRequested
            && await AppendAsync(conversationId, new CompactionRequested("person"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a compaction back.</summary>
    public async Task<bool> RevertAsync(Guid conversationId, Guid compactionId, CancellationToken cancellationToken)
    {
        var compactions = await ReadAsync(conversationId, cancellationToken).ConfigureAwait(false);
        return compactions.Any(known => known.CompactionId == compactionId && known.Status is CompactionStatus.Completed)
            && await AppendAsync(conversationId, new CompactionReverted(compactionId), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<CompactionRecord>> ReadAsync(Guid conversationId, CancellationToken cancellationToken) =>
        CompactionLedger.Of(await log.ReadAsync(conversationId, 0, int.MaxValue, cancellationToken).ConfigureAwait(false));

    private async Task<bool> AppendAsync(Guid conversationId, ConversationEvent next, CancellationToken cancellationToken)
    {
        try
        {
            await writer.AppendAsync(conversationId, _ => [new NewEvent(next)], cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (IllegalEventException)
        {
            // The conversation is in the trash.
            return false;
        }
    }
}
