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

    /// <summary>Sees a stop that was asked for through to the end of the run. Called once a run.</summary>
    public async Task SeeThroughAsync(RunActor actor)
    {
        if (!await actor.WaitForStopAsync(() => Task.CompletedTask).ConfigureAwait(false))
        {
            await FenceAsync(actor).ConfigureAwait(false);
        }
    }

    /// <summary>Ends what runs as interrupted, except runs that only wait for a person: those go on after the restart.</summary>
    /// <param name="cancellationToken">Cancelled when the host waits no longer; what has not ended by then is ended without it.</param>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        var handled = new HashSet<RunActor>();
        while (actors.Values.Where(handled.Add).ToList() is { Count: > 0 } rest)
        {
            await Task.WhenAll(rest.Select(actor => LeaveAsync(actor, cancellationToken))).ConfigureAwait(false);
        }
    }

    private async Task LeaveAsync(RunActor actor, CancellationToken cancellationToken)
    {
        if (await recovery.OnlyWaitsAsync(actor.Ticket.ConversationId, CancellationToken.None).ConfigureAwait(false))
        {
            actor.Detach();
        }
        else
        {
            await TryRecordAsync(actor.Ticket.ConversationId, actor.Ticket.RunId, "shutdown", CancellationToken.None).ConfigureAwait(false);
            actor.RequestEnd(RunOutcome.Interrupted);
        }

        var limit = services.Options.SoftStop + services.Options.HardStop;
        await ((Task)actor.Ended).WaitAsync(limit, services.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!actor.Ended.IsCompleted && !actor.IsDetached)
        {
            await FenceAsync(actor).ConfigureAwait(false);
        }
    }

    // .NET cannot abort a task. The run is ended without its engine, and the log refuses whatever it still writes.
    private async Task FenceAsync(RunActor actor)
    {
        LogFenced(actor.Ticket.RunId);
        foreach (var child in await ChildrenOfAsync(actor).ConfigureAwait(false))
        {
            await FenceAsync(child).ConfigureAwait(false);
        }

        await actor.CloseAsync(actor.RequestedOutcome ?? RunOutcome.Stopped).ConfigureAwait(false);
    }

    // Children first: a parent whose end is in the log has nobody at work for it.
    private async Task<IReadOnlyList<RunActor>> ChildrenOfAsync(RunActor actor)
    {
        var children = await recovery.SubAgentsOfAsync(actor.Ticket, CancellationToken.None).ConfigureAwait(false);
        return [.. actors.Values.Where(child => children.Contains(child.Ticket.ConversationId) && !child.Ended.IsCompleted)];
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
