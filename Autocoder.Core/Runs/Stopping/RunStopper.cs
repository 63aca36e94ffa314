using System.Collections.Concurrent;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Runs.Stopping;

/// <summary>Ends runs that somebody wants ended: softly, then urgently, then without them.</summary>
/// <param name="actors">The runs at work in this process, by run.</param>
internal sealed partial class RunStopper(
    RunServices services, RunRecovery recovery, ConcurrentDictionary<Guid, RunActor> actors, ILogger logger)
{
    private static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(1);

    /// <summary>Stops a run and returns when its end is in the log. Harmless for a run that has ended, or when repeated.</summary>
    /// <param name="by">As <see cref="StopRequested"/> records it.</param>
    public async Task StopAsync(Guid conversationId, Guid runId, string by, CancellationToken cancellationToken)
    {
        await TryRecordAsync(conversationId, runId, by, cancellationToken).ConfigureAwait(false);
        if (actors.TryGetValue(runId, out var actor))
        {
            actor.RequestEnd(OutcomeOf(by));
            await actor.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            // A run that waited for a person over a restart has nobody at work.
            await recovery.CloseAsync(conversationId, runId, OutcomeOf(by), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops a sub-agent because its parent is being stopped.</summary>
    public Task StopChildAsync(RunTicket parent, RunActor child)
    {
        var by = actors.TryGetValue(parent.RunId, out var actor) && actor.RequestedOutcome is RunOutcome.Interrupted ? "shutdown" : "parent";
        return StopAsync(child.Ticket.ConversationId, child.Ticket.RunId, by, CancellationToken.None);
    }

    /// <summary>Ends the sub-agents of a run that is about to be closed: once its end is in the log, nobody is at work for it.</summary>
    /// <param name="isFenced">Whether there is no time left, so that they are ended without their engines too.</param>
    public async Task EndSubAgentsAsync(RunActor parent, bool isFenced)
    {
        await parent.SubAgents.CloseAsync().ConfigureAwait(false);
        var children = actors.Values.Where(child => child.Ticket.Parent?.RunId == parent.Ticket.RunId && !child.Ended.IsCompleted);
        await Task.WhenAll(children.Select(child => isFenced ? FenceAsync(child) : StopChildAsync(parent.Ticket, child))).ConfigureAwait(false);
    }

    /// <summary>Sees a stop that was asked for through to the end of the run. Called once a run.</summary>
    public async Task SeeThroughAsync(RunActor actor)
    {
        // The tools are told by their token; but what runs outside of this process needs nobody's help to be ended.
        var processes = () => services.Processes.EndAllAsync(actor.Ticket.RunId, services.Options.HardStop);
        if (!await actor.WaitForStopAsync(processes).ConfigureAwait(false))
        {
            await FenceAsync(actor).ConfigureAwait(false);
        }
    }

    /// <summary>Ends what runs as interrupted, except runs that only wait for a person: those go on after the restart.</summary>
    /// <param name="cancellationToken">Cancelled when the host waits no longer; what has not ended by then is ended without it.</param>
    public async Task LeaveAllAsync(CancellationToken cancellationToken)
    {
        services.Leave();

        // An end that the disk refuses is not waited for: the next start finds the run without one.
        var limit = services.Options.SoftStop + services.Options.HardStop + TimeToClose;
        await LeaveAllAtWorkAsync(cancellationToken).WaitAsync(limit, services.Clock, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        services.ShutDown();
    }

    private async Task LeaveAllAtWorkAsync(CancellationToken cancellationToken)
    {
        var handled = new HashSet<RunActor>();
        while (actors.Values.Where(handled.Add).ToList() is { Count: > 0 } rest)
        {
            await Task.WhenAll(rest.Select(actor => LeaveAsync(actor, cancellationToken))).ConfigureAwait(false);
        }
    }

    private async Task LeaveAsync(RunActor actor, CancellationToken cancellationToken)
    {
        var onlyWaits = await recovery.OnlyWaitsAsync(actor.Ticket.ConversationId, CancellationToken.None).ConfigureAwait(false);
        if (onlyWaits)
        {
            await actor.DetachAsync().ConfigureAwait(false);
            onlyWaits = await StillOnlyWaitsAsync(actor).ConfigureAwait(false);
        }

        if (!onlyWaits)
        {
            await TryRecordAsync(actor.Ticket.ConversationId, actor.Ticket.RunId, "shutdown", CancellationToken.None).ConfigureAwait(false);
            actor.RequestEnd(RunOutcome.Interrupted);
        }

        // It began something between the look and the letting go, and nobody else will end it.
        if (!onlyWaits && actor.IsDetached)
        {
            await FenceAsync(actor).ConfigureAwait(false);
        }

        var limit = services.Options.SoftStop + services.Options.HardStop;
        await ((Task)actor.Ended).WaitAsync(limit, services.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!actor.Ended.IsCompleted && !actor.IsDetached)
        {
            await FenceAsync(actor).ConfigureAwait(false);
        }
    }

    // Asked where everything is decided, so that nothing that was on its way is missed.
    private async Task<bool> StillOnlyWaitsAsync(RunActor actor)
    {
        var onlyWaits = true;
        try
        {
            await services.Writer.AppendAsync(
                actor.Ticket.ConversationId,
                state =>
                {
                    onlyWaits = state.Run is null || RunRules.OnlyWaits(state);
                    return [];
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The next start looks at it anyway.
            LogNotRecorded(exception, actor.Ticket.RunId);
        }

        return onlyWaits;
    }

    // .NET cannot abort a task. The run is ended without its engine, and the log refuses whatever it still writes.
    private async Task FenceAsync(RunActor actor)
    {
        LogFenced(actor.Ticket.RunId);
        await actor.CloseAsync(actor.RequestedOutcome ?? RunOutcome.Stopped, isFenced: true).ConfigureAwait(false);
    }

    private async Task TryRecordAsync(Guid conversationId, Guid runId, string by, CancellationToken cancellationToken)
    {
        try
        {
            await services.Writer.AppendAsync(
                conversationId,
                state => state.Run is { IsStopping: false } run && run.RunId == runId ? [new NewEvent(new StopRequested(by), runId)] : [],
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ConversationNotFoundException))
        {
            // A disk that refuses must not keep a run going.
            LogNotRecorded(exception, runId);
        }
    }

    private static RunOutcome OutcomeOf(string by) => by == "shutdown" ? RunOutcome.Interrupted : RunOutcome.Stopped;

    [LoggerMessage(LogLevel.Warning, "Run {RunId} did not stop in time and was fenced off.")]
    private partial void LogFenced(Guid runId);

    [LoggerMessage(LogLevel.Error, "That run {RunId} is to stop cannot be recorded now; it is stopped all the same.")]
    private partial void LogNotRecorded(Exception exception, Guid runId);
}
