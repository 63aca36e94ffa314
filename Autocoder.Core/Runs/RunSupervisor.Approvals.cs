using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Runs.Approvals;

namespace Autocoder.Core.Runs;

public sealed partial class RunSupervisor
{
    /// <summary>Answers a request for approval. The first answer of any tab wins.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    public async Task<ApprovalReceipt> ResolveApprovalAsync(
        Guid conversationId, Guid approvalId, ApprovalAnswer answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var resolved = new ApprovalResolved(approvalId, answer.Outcome, answer.Comment);
        var appended = await _services.Writer.AppendAsync(
            conversationId,
            state => state.Run is { } run && run.OpenApprovals.ContainsKey(approvalId) ? [new NewEvent(resolved, run.RunId)] : [],
            cancellationToken).ConfigureAwait(false);
        if (appended.Count == 0)
        {
            return new ApprovalReceipt(ApprovalStatus.TooLate, "This was answered before, or its run has ended. Your answer was not used.");
        }

        if (_actors.TryGetValue(appended[0].RunId!.Value, out var actor) && actor.WaitingApprovals.TryGetValue(approvalId, out var waiting))
        {
            waiting.TrySetResult(resolved);
        }

        return new ApprovalReceipt(ApprovalStatus.Accepted);
    }
}
