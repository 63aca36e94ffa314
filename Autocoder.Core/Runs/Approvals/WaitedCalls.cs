using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Permissions;

namespace Autocoder.Core.Runs.Approvals;

/// <summary>The tool calls that waited for an approval over a restart, and have their answer now.</summary>
internal sealed class WaitedCalls(RunActor actor, RunServices services)
{
    /// <summary>Executes those that were allowed, fails those that were rejected, and ends the step they belong to.</summary>
    /// <remarks>Only calls that were never started: what has touched the world is never executed again.</remarks>
    /// <returns>Whether the log has more than before.</returns>
    public async Task<bool> FinishAsync(ToolExecutor tools, IReadOnlyList<EventEnvelope> log, CancellationToken cancellationToken)
    {
        var state = await services.StateOfAsync(actor.Ticket.ConversationId, cancellationToken).ConfigureAwait(false);
        if (state.Run is not { } run || run.RunId != actor.Ticket.RunId || (run.OpenStep is null && run.OpenToolCalls.IsEmpty))
        {
            return false;
        }

        var events = log.Where(envelope => envelope.RunId == run.RunId).Select(envelope => envelope.Event).ToList();
        foreach (var call in events.OfType<ToolCallRequested>().Where(call => run.OpenToolCalls.GetValueOrDefault(call.CallId, true) is false))
        {
            await FinishAsync(tools, run, call, events, cancellationToken).ConfigureAwait(false);
        }

        await actor.AppendAsync(next => next.Run is { OpenStep: { } stepId, OpenToolCalls.IsEmpty: true }
            ? new StepEnded(stepId, "tool_use", TokenUsage.None)
            : null).ConfigureAwait(false);
        return true;
    }

    private async Task FinishAsync(
        ToolExecutor tools, RunState run, ToolCallRequested call, List<ConversationEvent> events, CancellationToken cancellationToken)
    {
        if (run.ApprovedCalls.GetValueOrDefault(call.CallId) is { } approved)
        {
            await tools.ExecuteApprovedAsync(new ToolCall(call.CallId, call.Tool, call.Arguments), approved, cancellationToken).ConfigureAwait(false);
            return;
        }

        var requests = events.OfType<ApprovalRequested>().Where(request => request.CallId == call.CallId).Select(request => request.ApprovalId);
        var rejection = events.OfType<ApprovalResolved>().LastOrDefault(resolved => requests.Contains(resolved.ApprovalId));
        await actor.AppendAsync(_ => new ToolCallEnded(call.CallId, ToolCallStatus.Failed, ToolGate.Rejected(rejection?.Comment), DurationMs: 0))
            .ConfigureAwait(false);
    }
}
