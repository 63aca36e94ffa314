using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools.Permissions.Commands;
using Autocoder.Core.Tools.Shell;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Runs.Approvals;

/// <summary>Takes answers to requests for approval: the log decides which is first, then whoever waits is told.</summary>
/// <param name="goOn">Starts a run again that waited over a restart, when nothing of it is open any more.</param>
/// <param name="stop">Ends a run and returns when its end is in the log.</param>
internal sealed partial class ApprovalDesk(
    RunServices services,
    IConversationStore store,
    RunRecovery recovery,
    Func<Guid, Guid, CancellationToken, Task> goOn,
    Func<Guid, Guid, CancellationToken, Task> stop,
    ILogger logger)
{
    private const string NothingNamed = "**";

    private const string RuleLost =
        "It was allowed this once, but the rule could not be saved: the next time you will be asked again. The server's log has the details.";

    public async Task<ApprovalReceipt> ResolveAsync(
        Guid conversationId, Guid approvalId, ApprovalAnswer answer, CancellationToken cancellationToken)
    {
        var state = await services.StateOfAsync(conversationId, cancellationToken).ConfigureAwait(false);
        if (state.Run?.OpenApprovals.GetValueOrDefault(approvalId) is not { } request)
        {
            return await MissedAsync(conversationId, approvalId, cancellationToken).ConfigureAwait(false);
        }

        if (ApprovalRules.FindProblem(request, answer) is { } problem)
        {
            return new ApprovalReceipt(ApprovalStatus.Invalid, problem);
        }

        var asking = request.ChildConversationId ?? conversationId;
        var resolved = ApprovalRules.Resolve(request, answer);
        if (await SettleAsync(asking, resolved, cancellationToken).ConfigureAwait(false) is not { } runId)
        {
            await CatchUpAsync(conversationId, asking, approvalId).ConfigureAwait(false);
            return await MissedAsync(asking, approvalId, cancellationToken).ConfigureAwait(false);
        }

        // It is decided now, and what follows from it happens even if whoever answered has gone, or the disk refuses something.
        var (root, isMirrored) = await TrySettleMirrorAsync(asking, runId, resolved, answeredIn: conversationId).ConfigureAwait(false);
        var notice = await TrySaveAsync(state.Created!.ProjectId, conversationId, resolved).ConfigureAwait(false)
            ?? (isMirrored || resolved.Rule is null ? null : RuleLost);
        if (resolved.Outcome is ApprovalOutcome.Rejected)
        {
            await StopAsync(conversationId == root ? root : asking, CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            await TellAsync(asking, runId, resolved).ConfigureAwait(false);
        }

        if (resolved.Rule is not null)
        {
            await SettleByRulesAsync(state.Created.ProjectId).ConfigureAwait(false);
        }

        return new ApprovalReceipt(ApprovalStatus.Accepted, notice);
    }

    public async Task<bool> RemoveRuleAsync(Guid conversationId, PermissionRule rule, CancellationToken cancellationToken)
    {
        var appended = await services.Writer.AppendAsync(
            conversationId,
            state => state.Rules.Contains(rule) ? [new NewEvent(new PermissionRuleRemoved(rule))] : [],
            cancellationToken).ConfigureAwait(false);
        return appended.Count > 0;
    }

    /// <returns>The run that asked; null when somebody was faster.</returns>
    private async Task<Guid?> SettleAsync(Guid asking, ApprovalResolved resolved, CancellationToken cancellationToken)
    {
        var appended = await services.Writer.AppendAsync(
            asking,
            state => ApprovalRules.Settle(state, resolved, endsRun: resolved.Outcome is ApprovalOutcome.Rejected),
            cancellationToken).ConfigureAwait(false);
        return appended.Count == 0 ? null : appended[0].RunId;
    }

    // A sub-agent never outlives its actor, so a request without one is that of a conversation a person talks to.
    private async Task<(Guid Root, bool IsMirrored)> TrySettleMirrorAsync(Guid asking, Guid runId, ApprovalResolved resolved, Guid answeredIn)
    {
        var root = services.ActorOf(runId)?.Ticket.Root.ConversationId ?? answeredIn;
        if (root == asking)
        {
            return (root, true);
        }

        try
        {
            var endsRun = resolved.Outcome is ApprovalOutcome.Rejected && answeredIn == root;
            await services.Mirrors.SettleAsync(root, resolved, endsRun).ConfigureAwait(false);
            await services.Writer.AppendAsync(root, state => ApprovalRules.AddRule(state, resolved), CancellationToken.None).ConfigureAwait(false);
            return (root, true);
        }
        catch (Exception exception)
        {
            // Whoever waits must hear of the answer all the same. The copy is settled by the next click on it, or with its sub-agent.
            LogLeftOpen(exception, root);
            return (root, false);
        }
    }

    // A copy that is still open although its request is not: the disk refused, or the answer came in the sub-agent's own page.
    private async Task CatchUpAsync(Guid conversationId, Guid asking, Guid approvalId)
    {
        if (asking != conversationId)
        {
            var outcome = await services.Mirrors.OutcomeOfAsync(asking, approvalId).ConfigureAwait(false);
            await services.Mirrors.SettleAsync(conversationId, outcome, endsRun: false).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(Guid asking, Guid runId, ApprovalResolved resolved)
    {
        if (services.ActorOf(runId) is not { } actor)
        {
            await goOn(asking, runId, CancellationToken.None).ConfigureAwait(false);
        }
        else if (actor.WaitingApprovals.TryGetValue(resolved.ApprovalId, out var waiting))
        {
            waiting.TrySetResult(resolved);
        }
    }

    private async Task StopAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        var state = await services.StateOfAsync(conversationId, cancellationToken).ConfigureAwait(false);
        if (state.Run is { } run)
        {
            await stop(conversationId, run.RunId, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string?> TrySaveAsync(Guid projectId, Guid conversationId, ApprovalResolved resolved)
    {
        if (resolved is not { Outcome: ApprovalOutcome.AllowedForProject, Rule: { } rule })
        {
            return null;
        }

        try
        {
            await services.Permissions.SaveAsync(projectId, rule, conversationId, CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            // The yes to this call is in the log already; only the rule for later ones is missing.
            LogRuleLost(exception, conversationId);
            return RuleLost;
        }
    }

    // Other requests that wait for what a new rule allows. What each touches is in the rule it offered to save.
    private async Task SettleByRulesAsync(Guid projectId)
    {
        foreach (var conversationId in await store.ListUnfinishedAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                await SettleByRulesAsync(projectId, conversationId).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // The answer that was given stands; what is left open here can still be answered by itself.
                LogLeftOpen(exception, conversationId);
            }
        }
    }

    private async Task SettleByRulesAsync(Guid projectId, Guid conversationId)
    {
        var state = await services.StateOfAsync(conversationId, CancellationToken.None).ConfigureAwait(false);
        if (state.Created?.ProjectId != projectId || state.Run is not { OpenApprovals.IsEmpty: false } run
            || await TicketOfAsync(state, run, conversationId).ConfigureAwait(false) is not { } ticket)
        {
            return;
        }

        foreach (var request in run.OpenApprovals.Values.Where(request => request is { ChildConversationId: null, Always: not null }))
        {
            await SettleByRuleAsync(ticket, request).ConfigureAwait(false);
        }
    }

    private async Task SettleByRuleAsync(RunTicket ticket, ApprovalRequested request)
    {
        var (tool, resource) = (request.Always!.Tool, request.Always.Resource);
        var decision = await new RunPermissions(ticket, services)
            .DecideAsync(tool, ToolEffect.SideEffect, resource == NothingNamed ? [] : [tool == BashTool.ToolName ? CommandGate.OfRule(resource) : resource], CancellationToken.None)
            .ConfigureAwait(false);
        if (decision.Effect is not PermissionEffect.Allow)
        {
            return;
        }

        var resolved = new ApprovalResolved(request.ApprovalId, ApprovalOutcome.AllowedOnce, Rule: decision.Rule, By: "rule");
        if (await SettleAsync(ticket.ConversationId, resolved, CancellationToken.None).ConfigureAwait(false) is { } runId)
        {
            await TrySettleMirrorAsync(ticket.ConversationId, runId, resolved, answeredIn: ticket.ConversationId).ConfigureAwait(false);
            await TellAsync(ticket.ConversationId, runId, resolved).ConfigureAwait(false);
        }
    }

    // Null for a run whose rules nobody can know now: a sub-agent without an actor is about to end, and a profile can be gone.
    private async Task<RunTicket?> TicketOfAsync(ConversationState state, RunState run, Guid conversationId)
    {
        if (services.ActorOf(run.RunId) is { } actor)
        {
            return actor.Ticket;
        }

        if (state.Created?.ParentId is not null)
        {
            return null;
        }

        var ticket = await recovery.TicketOfAsync(conversationId, run.Started, CancellationToken.None).ConfigureAwait(false);
        var log = await services.ReadAllAsync(conversationId, CancellationToken.None).ConfigureAwait(false);
        return (services.ProfileIn(log, ticket) ?? services.FindProfile(ticket.Profile)) is { } profile ? ticket with { Profile = profile.Id } : null;
    }

    private async Task<ApprovalReceipt> MissedAsync(Guid conversationId, Guid approvalId, CancellationToken cancellationToken)
    {
        var events = (await services.ReadAllAsync(conversationId, cancellationToken).ConfigureAwait(false)).Select(envelope => envelope.Event).ToList();
        return events.OfType<ApprovalRequested>().Any(request => request.ApprovalId == approvalId)
            ? new ApprovalReceipt(
                ApprovalStatus.TooLate,
                ApprovalRules.TooLate(events.OfType<ApprovalResolved>().LastOrDefault(resolved => resolved.ApprovalId == approvalId)))
            : new ApprovalReceipt(ApprovalStatus.Unknown, "Nobody has asked for this here. Your answer was not used.");
    }

    [LoggerMessage(LogLevel.Error, "The rule a person gave in conversation {ConversationId} could not be saved.")]
    private partial void LogRuleLost(Exception exception, Guid conversationId);

    [LoggerMessage(LogLevel.Warning, "What was decided could not be settled in conversation {ConversationId}; it is still open there.")]
    private partial void LogLeftOpen(Exception exception, Guid conversationId);
}
