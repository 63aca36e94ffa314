using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Processes;

/// <summary>Runs programs for agents, and sees to it that nothing of them stays. Safe to use from any thread.</summary>
/// <remarks>
/// A program ends with all it has started. On Linux that is everything in its session, everything that descends from it, and
/// everything that carries its mark in the environment, whoever its parent is now; elsewhere, everything that descends from it.
/// </remarks>
public sealed class ChildProcesses
{
    private readonly ConcurrentDictionary<Guid, OwnedProcesses> _owners = new();
    private readonly ProcessLedger _ledger;
    private readonly ProcessOptions _options;
    private readonly TimeProvider _clock;

    internal ChildProcesses(ProcessLedger ledger, IOptions<ProcessOptions> options, TimeProvider clock)
    {
        _ledger = ledger;
        _options = options.Value;
        _clock = clock;
    }

    /// <summary>Runs a program to its end, and ends what it has left behind.</summary>
    /// <param name="stop">Asks it to end; it is killed when it does not soon.</param>
    /// <param name="hardStop">Kills it at once.</param>
    /// <exception cref="OperationCanceledException">It was to be killed before it was started; nothing was started.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken stop, CancellationToken hardStop)
    {
        ArgumentNullException.ThrowIfNull(request);
        hardStop.ThrowIfCancellationRequested();
        var owned = _owners.GetOrAdd(request.Owner, _ => new OwnedProcesses());
        using var child = ChildProcess.Start(request, ProcessEnvironment.Create(_options.Environment), _ledger, owned);
        return await child.RunAsync(_clock, stop, hardStop).ConfigureAwait(false);
    }

    /// <summary>Starts a program that is spoken to while it runs. The caller ends it; whatever it leaves is ended with it.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public InteractiveProcess StartInteractive(ProcessRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return InteractiveProcess.Start(request, ProcessEnvironment.Create(_options.Environment), _ledger);
    }

    /// <summary>Kills everything of an owner that is at work.</summary>
    /// <param name="patience">How long to wait until it is gone.</param>
    /// <returns>How many processes of this owner were ended by force so far.</returns>
    public async Task<int> EndAllAsync(Guid owner, TimeSpan patience)
    {
        if (!_owners.TryGetValue(owner, out var owned))
        {
            return 0;
        }

        if (OperatingSystem.IsLinux())
        {
            var tree = new ProcessTree(_ledger.Mark.Of(owner), root: null);
            await Task.WhenAll(owned.KillAllAsync(patience), tree.KillAsync(patience)).ConfigureAwait(false);
            owned.Count(tree.Signalled);
        }
        else
        {
            await owned.KillAllAsync(patience).ConfigureAwait(false);
        }

        return owned.Ended;
    }

    /// <summary>Forgets an owner that has ended.</summary>
    public void Forget(Guid owner) => _owners.TryRemove(owner, out _);
}
