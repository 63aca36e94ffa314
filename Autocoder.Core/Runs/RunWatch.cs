using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Runs;

/// <summary>Looks after a run from outside: ends it when its time is up, and tells when nothing is heard of its engine.</summary>
internal sealed partial class RunWatch(RunActor actor, RunServices services, ILogger logger)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private long _heardAt = services.Clock.GetUtcNow().UtcTicks;
    private volatile bool _isStallTold;

    /// <summary>The run gave a sign of life.</summary>
    /// <param name="expectedSilence">How long it will be silent for a reason it gave.</param>
    public void Heard(TimeSpan expectedSilence = default)
    {
        Volatile.Write(ref _heardAt, (services.Clock.GetUtcNow() + expectedSilence).UtcTicks);
        _isStallTold = false;
    }

    /// <summary>Watches while something is at work.</summary>
    public async Task<T> WhileAsync<T>(Func<Task<T>> work)
    {
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(done.Token);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            var pause = services.Options.StallAfter - Quiet();
            pause = pause > TimeSpan.Zero ? pause : services.Options.StallAfter;
            try
            {
                pause = await EndInTimeAsync(done).ConfigureAwait(false) is { } left && left < pause ? left : pause;
                await TellStallAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
                return;
            }
            catch (IllegalEventException)
            {
                // The run has ended meanwhile.
                return;
            }
            catch (Exception exception)
            {
                // A disk that refuses for a moment must not end the watch.
                LogWatchFailed(exception, actor.Ticket.RunId);
            }

            await Task.Delay(pause > ShortestPause ? pause : ShortestPause, services.Clock, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>How much of the time is left; null without a limit.</summary>
    private async Task<TimeSpan?> EndInTimeAsync(CancellationToken cancellationToken)
    {
        if (actor.Budget.Limits.Minutes is not { } minutes)
        {
            return null;
        }

        var run = await services.ReadRunAsync(actor.Ticket, cancellationToken).ConfigureAwait(false);
        var left = TimeSpan.FromMinutes(minutes) - RunTime.Worked(run, services.Clock.GetUtcNow());
        if (left <= TimeSpan.Zero)
        {
            actor.RequestEnd(RunOutcome.TimeLimit);
        }

        return left;
    }

    private async Task TellStallAsync()
    {
        var quiet = Quiet();
        if (quiet < services.Options.StallAfter || _isStallTold)
        {
            return;
        }

        var told = await actor.AppendManyAsync(
            state => IsUnexplained(state.Run!) ? [new RunStalled((long)quiet.TotalMilliseconds)] : [], CancellationToken.None).ConfigureAwait(false);
        _isStallTold = told.Count > 0;
    }

    private static bool IsUnexplained(RunState run) =>
        run is { IsStopping: false, OpenToolCalls.IsEmpty: true, OpenQuestions.IsEmpty: true, OpenApprovals.IsEmpty: true, OpenSubAgents.IsEmpty: true };

    private TimeSpan Quiet() => TimeSpan.FromTicks(services.Clock.GetUtcNow().UtcTicks - Volatile.Read(ref _heardAt));

    [LoggerMessage(LogLevel.Warning, "Run {RunId} could not be looked after for a moment.")]
    private partial void LogWatchFailed(Exception exception, Guid runId);
}
