using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs.Stopping;

/// <summary>Takes conversations away, once nothing runs in them: to the trash, or for good.</summary>
internal sealed class ConversationRemoval(RunServices services, RunStopper stopper)
{
    /// <summary>Stops what runs and moves the conversation to the trash, where nothing is lost. A repeat changes nothing.</summary>
    public Task TrashAsync(Guid conversationId, CancellationToken cancellationToken) =>
        EndWithAsync(conversationId, state => !state.IsTrashed, new ConversationTrashed(), cancellationToken);

    /// <summary>
    /// Stops what runs, waits for its end, and writes the tombstone, after which the log takes nothing more: of the sub-agents'
    /// conversations first, so that a delete that was cut off can simply be repeated. What engines keep beside the log goes last.
    /// </summary>
    public async Task DeleteAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await StopAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var log = await services.ReadAllAsync(conversationId, cancellationToken).ConfigureAwait(false);
        foreach (var child in log.Select(envelope => envelope.Event).OfType<SubAgentStarted>())
        {
            await DeleteAsync(child.ChildConversationId, cancellationToken).ConfigureAwait(false);
        }

        await EndWithAsync(conversationId, _ => true, new ConversationDeleted(), cancellationToken).ConfigureAwait(false);
        await services.ForgetAsync(conversationId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops whatever runs in a conversation; returns when it has ended.</summary>
    public Task StopAsync(Guid conversationId, CancellationToken cancellationToken) =>
        EndWithAsync(conversationId, _ => false, last: null, cancellationToken);

    // By the id of each run that is found: another one may start before the last event is kept.
    private async Task EndWithAsync(
        Guid conversationId, Func<ConversationState, bool> isWanted, ConversationEvent? last, CancellationToken cancellationToken)
    {
        while (true)
        {
            Guid? running = null;
            await services.Writer.AppendAsync(
                conversationId,
                state =>
                {
                    running = state.Run?.RunId;
                    return running is not null || state.IsDeleted || !isWanted(state) || last is null ? [] : [new NewEvent(last)];
                },
                cancellationToken).ConfigureAwait(false);
            if (running is not { } runId)
            {
                return;
            }

            await stopper.StopAsync(conversationId, runId, "person", cancellationToken).ConfigureAwait(false);
        }
    }
}
