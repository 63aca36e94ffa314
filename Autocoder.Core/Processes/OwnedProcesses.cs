using System.Collections.Concurrent;

namespace Autocoder.Core.Processes;

/// <summary>What one owner has at work, and how much of it had to be ended by force.</summary>
internal sealed class OwnedProcesses
{
    private readonly ConcurrentDictionary<ChildProcess, bool> _atWork = new();
    private readonly ConcurrentDictionary<(int Id, long StartTime), bool> _ended = new();

    /// <summary>How many processes were ended by force.</summary>
    public int Ended => _ended.Count;

    public void Add(ChildProcess child) => _atWork[child] = true;

    public void Remove(ChildProcess child) => _atWork.TryRemove(child, out _);

    /// <summary>Counts processes that got a signal. One that got several counts once.</summary>
    public void Count(IEnumerable<(int Id, long StartTime)> ended)
    {
        foreach (var process in ended)
        {
            _ended[process] = true;
        }
    }

    public Task KillAllAsync(TimeSpan patience) => Task.WhenAll(_atWork.Keys.Select(child => child.KillAsync(patience)));
}
