using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.Versioning;

namespace Autocoder.Core.Processes;

/// <summary>Finds and ends all that belongs together on Linux, also what has got another parent meanwhile.</summary>
/// <param name="mark">How an entry in the environment of everything that belongs to it begins.</param>
/// <param name="root">The started program, where it is known: what shares its session, and what descends from it, belongs to it too.</param>
[SupportedOSPlatform("linux")]
internal sealed class ProcessTree(byte[] mark, LinuxProcess? root)
{
    public const int Terminate = 15;
    public const int Kill = 9;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<(int Id, long StartTime), bool> _signalled = new();

    /// <summary>The processes that got a signal so far.</summary>
    public IReadOnlyCollection<(int Id, long StartTime)> Signalled => [.. _signalled.Keys];

    /// <summary>What is alive of it now.</summary>
    public List<LinuxProcess> Find()
    {
        var all = LinuxProcess.ListAll();
        var isSessionOurs = root is not null && all.Find(process => process.Id == root.Id) is var leader
            && (leader is null || leader.StartTime == root.StartTime);
        var found = all
            .Where(process => IsRoot(process) || (isSessionOurs && process.SessionId == root!.Id) || process.HasEnvironment(mark))
            .ToDictionary(process => process.Id);
        while (all.Where(process => found.ContainsKey(process.ParentId) && !found.ContainsKey(process.Id)).ToList() is { Count: > 0 } children)
        {
            children.ForEach(child => found.Add(child.Id, child));
        }

        return [.. found.Values.Where(process => process.IsAlive && process.Id != Environment.ProcessId)];
    }

    /// <summary>Sends a signal to all of it that is alive.</summary>
    /// <returns>How much was alive.</returns>
    public int Signal(int signal)
    {
        var alive = Find();
        foreach (var process in alive.Where(process => process.Signal(signal)))
        {
            _signalled[(process.Id, process.StartTime)] = true;
        }

        return alive.Count;
    }

    /// <summary>Kills all of it, also what it starts meanwhile.</summary>
    /// <returns>Whether nothing of it is alive.</returns>
    /// <remarks>Programs live in real time, whatever the clock of a test says.</remarks>
    public async Task<bool> KillAsync(TimeSpan patience)
    {
        var since = Stopwatch.StartNew();
        while (Signal(Kill) > 0)
        {
            if (since.Elapsed >= patience)
            {
                return false;
            }

            await Task.Delay(LookAgain).ConfigureAwait(false);
        }

        return true;
    }

    private bool IsRoot(LinuxProcess process) => root is not null && process.Id == root.Id && process.StartTime == root.StartTime;
}
