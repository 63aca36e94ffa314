using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Runs;

/// <summary>Runs sub-agents: each in a conversation of its own, with no more permissions than its parent.</summary>
/// <param name="launch">Starts a run that is in the log.</param>
/// <param name="stop">Ends a child for its parent, in time, whatever its engine does.</param>
internal sealed class SubAgentRunner(
    RunServices services, RunRecovery recovery, Func<RunTicket, RunActor> launch, Func<RunTicket, RunActor, Task> stop)
{
    /// <summary>Runs a sub-agent to its end. Beyond the limits of depth and number it is refused in words.</summary>
    public async Task<SubAgentResult> RunAsync(
        RunTicket parent, string callId, string agent, string task, CancellationToken cancellationToken)
    {
        if (parent.Depth >= services.Options.MaxSubAgentDepth)
        {
            return new SubAgentResult(RunOutcome.Failed, $"Sub-agents may be nested {services.Options.MaxSubAgentDepth} deep; this one was not started.");
        }

        if (await FindShareAsync(parent, cancellationToken).ConfigureAwait(false) is not { } share)
        {
            return new SubAgentResult(RunOutcome.Failed, "The budget of this run is used up; the sub-agent was not started.");
        }

        // Through the gate: a run that is being closed ends every sub-agent it has, and must not get one more behind its back.
        var child = await ActorOf(parent).SubAgents.EnterAsync(() => StartAsync(parent, callId, agent, task, share, cancellationToken)).ConfigureAwait(false);
        if (child is null)
        {
            return new SubAgentResult(RunOutcome.Failed, $"{services.Options.MaxSubAgents} sub-agents are at work already; this one was not started.");
        }

        var childId = child.Ticket.ConversationId;
        var outcome = await SeeThroughAsync(child, parent, cancellationToken).ConfigureAwait(false);

        // Not cancellable: what the sub-agent has used counts, however its parent goes on.
        var (summary, usage) = await recovery.SummaryOfAsync(childId, CancellationToken.None).ConfigureAwait(false);
        await services.Writer.AppendAsync(
            parent.ConversationId,
            state => state.Run?.RunId == parent.RunId && state.Run.OpenSubAgents.ContainsKey(callId)
                ? [new NewEvent(new SubAgentEnded(childId, callId, outcome, summary, usage), parent.RunId)]
                : [],
            CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new SubAgentResult(outcome, summary);
    }

    /// <summary>What a sub-agent may have at most; null when nothing is left. It also spends what it draws on, call by call.</summary>
    private async Task<RunLimits?> FindShareAsync(RunTicket parent, CancellationToken cancellationToken)
    {
        var budget = ActorOf(parent).Budget;
        if (budget.Exhausted is not null)
        {
            return null;
        }

        var worked = budget.Limits.Minutes is null
            ? TimeSpan.Zero
            : RunTime.Worked(await services.ReadRunAsync(parent, cancellationToken).ConfigureAwait(false), services.Clock.GetUtcNow());
        return budget.Left(worked);
    }

    private async Task<Guid?> CreateChildAsync(
        RunTicket parent, string callId, string agent, string task, CancellationToken cancellationToken)
    {
        var childId = Guid.CreateVersion7();
        var engine = services.Resolve(parent.Engine).ForSubAgent(agent).Name;

        // The child first: whoever sees in the parent that it started can open it.
        var created = new ConversationCreated(parent.ProjectId, ConversationKind.Agent, agent, engine, parent.ConversationId);
        await services.Writer.AppendAsync(childId, _ => [new NewEvent(created)], cancellationToken).ConfigureAwait(false);
        var appended = await services.Writer.AppendAsync(
            parent.ConversationId,
            state => state.Run is { IsStopping: false } run && run.RunId == parent.RunId && run.OpenSubAgents.Count < services.Options.MaxSubAgents
                ? [new NewEvent(new SubAgentStarted(childId, callId, agent, task, parent.Depth + 1), parent.RunId)]
                : [],
            cancellationToken).ConfigureAwait(false);
        if (appended.Count == 0)
        {
            await services.Writer.AppendAsync(childId, _ => [new NewEvent(new ConversationDeleted())], CancellationToken.None).ConfigureAwait(false);
            return null;
        }

        return childId;
    }

    private async Task<RunActor?> StartAsync(
        RunTicket parent, string callId, string agent, string task, RunLimits share, CancellationToken cancellationToken)
    {
        if (await CreateChildAsync(parent, callId, agent, task, cancellationToken).ConfigureAwait(false) is not { } childId)
        {
            return null;
        }

        var prompt = new PromptAdmitted(Guid.CreateVersion7(), task, [], services.ProfileForSubAgent(agent, services.ProfileOf(parent).Id));
        var appended = await services.Writer
            .AppendAsync(childId, state => services.Rules.Admit(state, prompt, share), cancellationToken).ConfigureAwait(false);
        var started = appended.Select(envelope => envelope.Event).OfType<RunStarted>().Single();
        return launch(new RunTicket(childId, started.RunId, parent.ProjectId, started.Engine, started.Profile, parent.Depth + 1, parent, agent));
    }

    private async Task<RunOutcome> SeeThroughAsync(RunActor child, RunTicket parent, CancellationToken cancellationToken)
    {
        try
        {
            return await child.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The parent was stopped, and a stop cascades downwards.
            await stop(parent, child).ConfigureAwait(false);
            return await child.Ended.ConfigureAwait(false);
        }
        finally
        {
            await services.Mirrors.ExpireAsync(parent.Root, child.Ticket.ConversationId).ConfigureAwait(false);
        }
    }

    private RunActor ActorOf(RunTicket ticket) =>
        services.ActorOf(ticket.RunId) ?? throw new InvalidOperationException("Only a run at work starts sub-agents.");
}
