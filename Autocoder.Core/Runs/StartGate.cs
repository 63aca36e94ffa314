namespace Autocoder.Core.Runs;

/// <summary>Lets work begin until it is closed, and knows what has begun by then. Safe to use from any thread.</summary>
internal sealed class StartGate
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _starting;
    private bool _isClosed;

    /// <summary>Does something that must be known before the gate counts as closed.</summary>
    /// <exception cref="OperationCanceledException">The gate was closed before; nothing was done.</exception>
    public async Task<T> EnterAsync<T>(Func<Task<T>> start)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new OperationCanceledException("The run has ended.");
            }

            _starting++;
        }

        try
        {
            return await start().ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Lets nothing more begin, and returns when everything that was beginning has begun. May be repeated.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            SignalIfQuiet();
        }

        return _quiet.Task;
    }

    private void Leave()
    {
        lock (_gate)
        {
            _starting--;
            SignalIfQuiet();
        }
    }

    private void SignalIfQuiet()
    {
        if (_isClosed && _starting == 0)
        {
            _quiet.TrySetResult();
        }
    }
}
