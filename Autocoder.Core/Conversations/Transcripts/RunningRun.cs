using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>The run at work, as the header of a page shows it.</summary>
/// <param name="Usage">The sum over the steps that have ended.</param>
/// <param name="LastUsage">Of the latest model call: how full the model's window is.</param>
/// <param name="SubAgentUsage">The sum over the sub-agents that have ended; not in <paramref name="Usage"/>.</param>
/// <param name="RetryUntil">When the engine tries a failed model call again; null while it does not wait for that.</param>
/// <param name="StalledSince">Since when nothing was heard of the engine; null while something was.</param>
/// <param name="StepAt">When the latest model call began; null before the first.</param>
/// <param name="StoppingSince">When a stop was first asked for; null while nobody did.</param>
public sealed record RunningRun(
    Guid RunId, DateTimeOffset StartedAt, string Engine, string Profile,
    bool StopRequested = false,
    int Steps = 0,
    int ToolCalls = 0,
    TokenUsage? Usage = null,
    TokenUsage? LastUsage = null,
    TokenUsage? SubAgentUsage = null,
    RunLimits? Limits = null,
    RunPhase Phase = RunPhase.Direct,
    DateTimeOffset? RetryUntil = null,
    DateTimeOffset? StalledSince = null,
    DateTimeOffset? StepAt = null,
    DateTimeOffset? StoppingSince = null)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>When a wait that an event tells of is over. A length that makes no sense is taken for a sensible one.</summary>
    public static DateTimeOffset WaitUntil(DateTimeOffset from, long milliseconds) =>
        from + TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, (long)LongestWait.TotalMilliseconds));

    /// <summary>The run after the next event; null when none is at work.</summary>
    public static RunningRun? After(RunningRun? run, EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        if (envelope.Event is RunStarted started)
        {
            return new RunningRun(
                started.RunId, envelope.At, started.Engine, started.Profile, Limits: started.Limits, Phase: started.Phase);
        }

        return run is null || envelope.RunId != run.RunId ? run : run.After(envelope);
    }

    /// <summary>The run after a sign of life that is no event: more of an open text.</summary>
    public RunningRun Heard() => RetryUntil is null && StalledSince is null ? this : this with { RetryUntil = null, StalledSince = null };

    private RunningRun? After(EventEnvelope envelope) => envelope.Event switch
    {
        RunEnded => null,
        ModelCallRetried retried => Heard() with { RetryUntil = WaitUntil(envelope.At, retried.DelayMs) },
        RunStalled stalled => this with { StalledSince = envelope.At - (WaitUntil(envelope.At, stalled.QuietMs) - envelope.At) },
        Events.StopRequested => this with { StopRequested = true, StoppingSince = StoppingSince ?? envelope.At },
        StepStarted step => Heard() with { Steps = step.Number, StepAt = envelope.At },
        StepEnded step => Heard() with { Usage = (Usage ?? TokenUsage.None) + step.Usage, LastUsage = step.Usage },
        ToolCallStarted => Heard() with { ToolCalls = ToolCalls + 1 },
        PhaseChanged changed => Heard() with { Phase = changed.Phase },
        CompactionCompleted compacted => Heard() with { Usage = (Usage ?? TokenUsage.None) + compacted.Usage },
        CompactionFailed { Usage: { } usage } => Heard() with { Usage = (Usage ?? TokenUsage.None) + usage },
        SubAgentEnded child => Heard() with { SubAgentUsage = (SubAgentUsage ?? TokenUsage.None) + child.Usage },
        _ => Heard(),
    };
}
