namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>A session that Claude Code keeps.</summary>
/// <param name="Id">As <c>--resume</c> takes it.</param>
/// <param name="CostUsd">What it had cost when its last turn ended; the program goes on counting from there after a clean end.</param>
internal sealed record KnownSession(string Id, decimal CostUsd)
{
    /// <summary>The last run it was used by; null in what was kept before this was noted.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Sessions of the same conversation that were left for a new one.</summary>
    public IReadOnlyList<string> Earlier { get; init; } = [];

    /// <summary>Whether another engine has driven a run since, of which this session knows nothing.</summary>
    /// <param name="present">The run at work, which may have used it in an earlier turn.</param>
    /// <param name="runs">The runs before it, oldest first.</param>
    /// <param name="engine">The engine whose session it is.</param>
    public bool HasMissed(Guid present, IReadOnlyList<EarlierRun> runs, string engine)
    {
        if (RunId == present)
        {
            return false;
        }

        var used = RunId is { } last ? runs.ToList().FindLastIndex(run => run.RunId == last) : runs.ToList().FindLastIndex(run => run.Engine == engine);
        return runs.Skip(used + 1).Any(run => run.Engine != engine);
    }
}
