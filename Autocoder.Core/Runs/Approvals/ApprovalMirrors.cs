using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs.Approvals;

/// <summary>
/// Shows what sub-agents ask for in the conversation a person talks to. The request in the sub-agent's own log is the law; its
/// mirror has the same id and follows it.
/// </summary>
internal sealed class ApprovalMirrors(IConversationWriter writer, IConversationLog log, ConversationStreams streams)
{
    /// <summary>Mirrors a request of a sub-agent. Does nothing for a run a person started.</summary>
    public async Task OpenAsync(RunTicket asking, ApprovalRequested request, CancellationToken cancellationToken)
    {
        if (asking.Parent is null)
        {
            return;
        }

        var root = asking.Root;
        var mirror = request with { ChildConversationId = asking.ConversationId, Path = asking.Path };
        await writer.AppendAsync(
            root.ConversationId,
            state => state.Run is { IsStopping: false } run && run.RunId == root.RunId ? [new NewEvent(mirror, root.RunId)] : [],
            cancellationToken).ConfigureAwait(false);

        // Whoever has the sub-agent's page open may have answered before its mirror was there to be settled.
        var child = await streams.GetAsync(asking.ConversationId, cancellationToken).ConfigureAwait(false);
        if (child.State.Run?.OpenApprovals.ContainsKey(request.ApprovalId) is not true)
        {
            await SettleAsync(root.ConversationId, await OutcomeOfAsync(asking.ConversationId, request.ApprovalId).ConfigureAwait(false), endsRun: false)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Settles a mirror as its request was settled. Does nothing when it is not open.</summary>
    /// <param name="endsRun">Whether the run of the root is asked to stop with it.</param>
    public Task SettleAsync(Guid rootConversationId, ApprovalResolved resolved, bool endsRun) => writer.AppendAsync(
        rootConversationId, state => ApprovalRules.Settle(state, resolved, endsRun), CancellationToken.None);

    /// <summary>Settles whatever a sub-agent that has ended left open.</summary>
    public Task ExpireAsync(RunTicket root, Guid childConversationId) => writer.AppendAsync(
        root.ConversationId,
        state => state.Run is { } run && run.RunId == root.RunId
            ? [.. run.OpenApprovals.Values
                .Where(request => request.ChildConversationId == childConversationId)
                .Select(request => new NewEvent(Expired(request.ApprovalId), run.RunId))]
            : [],
        CancellationToken.None);

    /// <summary>What became of a request of a sub-agent. One that nobody answered has expired.</summary>
    public async Task<ApprovalResolved> OutcomeOfAsync(Guid childConversationId, Guid approvalId)
    {
        var events = await log.ReadAsync(childConversationId, 0, int.MaxValue, CancellationToken.None).ConfigureAwait(false);
        return events.Select(envelope => envelope.Event).OfType<ApprovalResolved>().LastOrDefault(resolved => resolved.ApprovalId == approvalId)
            ?? Expired(approvalId);
    }

    private static ApprovalResolved Expired(Guid approvalId) => new(approvalId, ApprovalOutcome.Expired, By: "run");
}
