using System.Collections.Concurrent;

namespace Autocoder.Tests.Crashes;

/// <summary>What was compared, and what was wrong.</summary>
internal sealed class CrashTally
{
    private readonly ConcurrentQueue<string> _problems = [];
    private long _frames;
    private long _lost;
    private long _doubled;

    /// <summary>Frames of all viewers so far.</summary>
    public long Frames => Interlocked.Read(ref _frames);

    /// <summary>Events and characters of text that a viewer had seen and that were held against the log after a restart.</summary>
    public long Compared { get; set; }

    public int Kills { get; set; }

    /// <summary>Kills while the server was still starting, in the middle of its recovery perhaps.</summary>
    public int KillsAtStart { get; set; }

    public int Interrupted { get; set; }

    public int Executions { get; set; }

    public int RanTwice { get; set; }

    public IReadOnlyCollection<string> Problems => _problems;

    public void OneMoreFrame() => Interlocked.Increment(ref _frames);

    public void Lost(string what)
    {
        Interlocked.Increment(ref _lost);
        _problems.Enqueue("Lost: " + what);
    }

    public void Doubled(string what)
    {
        Interlocked.Increment(ref _doubled);
        _problems.Enqueue("Doubled: " + what);
    }

    public void Wrong(string what) => _problems.Enqueue("Wrong: " + what);

    /// <summary>Whether a request failed because there is no server any more.</summary>
    public static bool IsGone(Exception exception) => exception is HttpRequestException or IOException or OperationCanceledException;

    public override string ToString() =>
        FormattableString.Invariant($"{Kills} kills ({KillsAtStart} more while starting), {Compared} events and texts viewers had seen compared, ")
        + FormattableString.Invariant($"{Interrupted} runs interrupted, {Executions} commands run: ")
        + FormattableString.Invariant($"{Interlocked.Read(ref _lost)} lost, {Interlocked.Read(ref _doubled)} doubled, {RanTwice} tools run twice");
}
