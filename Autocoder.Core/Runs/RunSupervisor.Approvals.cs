using Autocoder.Core.Conversations;
using Autocoder.Core.Runs.Approvals;

namespace Autocoder.Core.Runs;

public sealed partial class RunSupervisor
{
    /// <summary>Answers a request for approval, of the conversation's run or of a sub-agent below it. The first answer of any tab wins.</summary>
    /// <remarks>
    /// A rejection without comment ends the run of the conversation in which it is given, and returns when its end is in the log.
    /// Allowing for the conversation or the project also settles other requests that the new rule covers.
    /// </remarks>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    public Task<ApprovalReceipt> ResolveApprovalAsync(
        Guid conversationId, Guid approvalId, ApprovalAnswer answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return _approvals.ResolveAsync(conversationId, approvalId, answer, cancellationToken);
    }

    /// <summary>Takes back a permission that was given for a conversation.</summary>
    /// <returns>False when it has no such rule.</returns>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    public Task<bool> RemoveRuleAsync(Guid conversationId, PermissionRule rule, CancellationToken cancellationToken) =>
        _approvals.RemoveRuleAsync(conversationId, rule, cancellationToken);

    // A run that waited over a restart goes on once nothing is open any more.
    private async Task GoOnAsync(Guid conversationId, Guid runId, CancellationToken cancellationToken)
    {
        if (await _recovery.FindReadyAsync(conversationId, runId, cancellationToken).ConfigureAwait(false) is { } ticket)
        {
            Launch(ticket);
        }
    }
}
