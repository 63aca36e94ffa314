using Autocoder.Core.Conversations;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Runs.Stopping;

/// <summary>The stop of one run: asked for once, softly first, urgently later. Safe to use from any thread.</summary>
/// <remarks>
/// What listens to the tokens is not ours and may block or throw, so nobody waits for it: a token reads as cancelled at once,
/// and its listeners are told on a thread of their own.
/// </remarks>
internal sealed partial class StagedStop : IDisposable
{
    private readonly RunOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _soft = new();
    private readonly CancellationTokenSource _hard = new();
    private readonly List<Hold> _holds = [];
    private RunOutcome? _outcome;
    private bool _isDisposed;

    public StagedStop(RunOptions options, TimeProvider clock, ILogger logger)
    {
        _options = options;
        _clock = clock;
        _logger = logger;

        // Taken now: somebody may still look at a token after the run.
        Soft = _soft.Token;
        Hard = _hard.Token;
    }

    /// <summary>Cancelled as soon as a stop is asked for.</summary>
    public CancellationToken Soft { get; }

    /// <summary>Cancelled when the stop has become urgent.</summary>
    public CancellationToken Hard { get; }

    /// <summary>What the run is to end as; null while nobody asked it to stop.</summary>
    public RunOutcome? Outcome
    {
        get
        {
            lock (_gate)
            {
                return _outcome;
            }
        }
    }

    /// <summary>Asks for the stop.</summary>
    /// <returns>False when somebody asked before; the first outcome stays.</returns>
    public bool Request(RunOutcome outcome)
    {
        lock (_gate)
        {
            if (_outcome is not null)
            {
                return false;
            }

            _outcome = outcome;
        }

        Cancel(_soft);
        return true;
    }

    /// <summary>Keeps the stop from becoming urgent while something that must not be cut is at work, until it is disposed.</summary>
    /// <param name="grace">For how long after the request at most; never more than <see cref="RunOptions.LongestStop"/>.</param>
    public IDisposable HoldOff(TimeSpan grace)
    {
        var hold = new Hold(grace < RunOptions.LongestStop ? grace : RunOptions.LongestStop, Release);
        lock (_gate)
        {
            _holds.Add(hold);
        }

        return hold;
    }

    /// <summary>Waits, and makes the stop urgent when waiting was not enough.</summary>
    /// <param name="ended">Completes with the end of the run.</param>
    /// <param name="onUrgent">Called once when the stop becomes urgent; what it takes counts as time to end.</param>
    /// <returns>False when the run ended neither way.</returns>
    public async Task<bool> WaitAsync(Task ended, Func<Task> onUrgent)
    {
        var requestedAt = _clock.GetTimestamp();
        await PassAsync(ended, _options.SoftStop).ConfigureAwait(false);
        while (!ended.IsCompleted && LongestHold(_clock.GetElapsedTime(requestedAt)) is { } hold)
        {
            await PassAsync(Task.WhenAny(ended, hold.Released), hold.Grace - _clock.GetElapsedTime(requestedAt)).ConfigureAwait(false);
        }

        if (!ended.IsCompleted)
        {
            Cancel(_hard);
            await PassAsync(Task.WhenAll(ended, onUrgent()), _options.HardStop).ConfigureAwait(false);
        }

        return ended.IsCompleted;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _soft.Dispose();
            _hard.Dispose();
        }
    }

    private void Cancel(CancellationTokenSource source)
    {
        lock (_gate)
        {
            // A run that has ended meanwhile has nothing left to stop.
            if (!_isDisposed)
            {
                _ = LogFailuresAsync(source.CancelAsync());
            }
        }
    }

    private async Task LogFailuresAsync(Task cancelling)
    {
        try
        {
            await cancelling.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogListenerFailed(exception);
        }
    }

    // A shutdown has no time for it: the system would end the process in the middle.
    private Hold? LongestHold(TimeSpan elapsed)
    {
        lock (_gate)
        {
            return _outcome is RunOutcome.Interrupted ? null : _holds.Where(hold => hold.Grace > elapsed).MaxBy(hold => hold.Grace);
        }
    }

    private void Release(Hold hold)
    {
        lock (_gate)
        {
            _holds.Remove(hold);
        }
    }

    private async Task PassAsync(Task task, TimeSpan time) => await task.WaitAsync(time, _clock)
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    [LoggerMessage(LogLevel.Warning, "Something that a run had started failed when it was told of the stop.")]
    private partial void LogListenerFailed(Exception exception);

    private sealed class Hold(TimeSpan grace, Action<Hold> release) : IDisposable
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan Grace { get; } = grace;

        public Task Released => _released.Task;

        public void Dispose()
        {
            release(this);
            _released.TrySetResult();
        }
    }
}
