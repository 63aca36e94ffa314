using System.ComponentModel;
using System.Diagnostics;

namespace Autocoder.Core.Processes;

/// <summary>One started program, with all that comes of it.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int NoExitCode = -1;

    // Of real time, as programs live in it whatever the clock of a test says.
    private static readonly TimeSpan TimeToTerminate = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TimeToDie = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TimeToRead = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly ProcessRequest _request;
    private readonly OwnedProcesses _owned;
    private readonly IDisposable _entry;
    private readonly ProcessTree? _tree;
    private readonly LimitedOutput _output;
    private readonly LimitedOutput _errors;
    private volatile bool _isKilled;

    private ChildProcess(Process process, ProcessRequest request, OwnedProcesses owned, IDisposable entry, ProcessTree? tree)
    {
        _process = process;
        _request = request;
        _owned = owned;
        _entry = entry;
        _tree = tree;
        _output = new LimitedOutput(request.MaxOutputBytes);
        _errors = new LimitedOutput(request.MaxOutputBytes);
    }

    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static ChildProcess Start(
        ProcessRequest request, IReadOnlyDictionary<string, string> environment, ProcessLedger ledger, OwnedProcesses owned)
    {
        var (process, tree) = ProcessCommand.Start(request, environment, ledger);
        process.StandardInput.Close();
        var child = new ChildProcess(process, request, owned, ledger.Enter(process), tree);
        owned.Add(child);
        return child;
    }

    /// <summary>Waits for its end, and ends what it has left behind.</summary>
    public async Task<ProcessResult> RunAsync(TimeProvider clock, CancellationToken stop, CancellationToken hardStop)
    {
        var drained = Task.WhenAll(
            DrainAsync(_process.StandardOutput.BaseStream, _output), DrainAsync(_process.StandardError.BaseStream, _errors));
        var end = await WaitAsync(clock, stop, hardStop).ConfigureAwait(false);
        if (end is not ProcessEnd.Exited || !await IsGoneAsync(TimeToFinish, hardStop).ConfigureAwait(false))
        {
            await EndAsync(hardStop).ConfigureAwait(false);
        }

        // Something that has escaped may hold the pipe open; nobody waits for it.
        await drained.WaitAsync(TimeToRead, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new ProcessResult(
            end, _process.HasExited ? _process.ExitCode : NoExitCode, _output.ToText(), _errors.ToText(), Count());
    }

    /// <summary>Kills it with all that came of it.</summary>
    public async Task KillAsync(TimeSpan patience)
    {
        _isKilled = true;
        if (_tree is not null && OperatingSystem.IsLinux())
        {
            await _tree.KillAsync(patience).ConfigureAwait(false);
        }
        else
        {
            KillDescendants();
        }

        // Also asks the system how it ended: a process whose parent never does stays as a zombie.
        await ExitedAsync(patience, CancellationToken.None).ConfigureAwait(false);
        Count();
    }

    public void Dispose()
    {
        _owned.Remove(this);
        _entry.Dispose();
        _process.Dispose();
    }

    private async Task<ProcessEnd> WaitAsync(TimeProvider clock, CancellationToken stop, CancellationToken hardStop)
    {
        using var limit = new CancellationTokenSource(_request.TimeLimit ?? Timeout.InfiniteTimeSpan, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop, hardStop);
        var exited = await ExitedAsync(Timeout.InfiniteTimeSpan, any.Token).ConfigureAwait(false);
        return exited && !_isKilled ? ProcessEnd.Exited
            : _isKilled || stop.IsCancellationRequested || hardStop.IsCancellationRequested ? ProcessEnd.Stopped
            : ProcessEnd.TimedOut;
    }

    // First a chance to end by itself, then none.
    private async Task EndAsync(CancellationToken hardStop)
    {
        if (_tree is not null && OperatingSystem.IsLinux() && !hardStop.IsCancellationRequested)
        {
            _tree.Signal(ProcessTree.Terminate);
            await IsGoneAsync(TimeToTerminate, hardStop).ConfigureAwait(false);
        }

        await KillAsync(TimeToDie).ConfigureAwait(false);
    }

    private async Task<bool> IsGoneAsync(TimeSpan patience, CancellationToken hardStop)
    {
        if (_tree is null || !OperatingSystem.IsLinux())
        {
            return await ExitedAsync(patience, hardStop).ConfigureAwait(false);
        }

        var since = Stopwatch.StartNew();
        while (_tree.Find().Count > 0)
        {
            if (since.Elapsed >= patience || hardStop.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(LookAgain, CancellationToken.None).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<bool> ExitedAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var exited = _process.WaitForExitAsync(CancellationToken.None);
        await exited.WaitAsync(patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return exited.IsCompleted;
    }

    private void KillDescendants()
    {
        try
        {
            var startTime = ProcessLedger.StartOf(_process);
            _process.Kill(entireProcessTree: true);
            _owned.Count([(_process.Id, startTime)]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    private int Count()
    {
        if (_tree is null || !OperatingSystem.IsLinux())
        {
            return _isKilled ? 1 : 0;
        }

        _owned.Count(_tree.Signalled);
        return _tree.Signalled.Count;
    }

    // To the end, even when it is more than is kept: a full pipe would hold the program up for ever.
    private static async Task DrainAsync(Stream stream, LimitedOutput output)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                output.Add(buffer.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed here, because nobody waits for it any longer.
        }
    }
}
