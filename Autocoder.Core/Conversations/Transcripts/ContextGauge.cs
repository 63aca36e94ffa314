using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>How full the model's window is: the latest call's input and output, never the sum over a run.</summary>
/// <param name="Used">Tokens of the latest model call, or what a compaction has left of them.</param>
/// <param name="Window">How many tokens one call may hold; null where that is not limited or not known.</param>
/// <param name="IsEstimate">Whether no model has counted it yet, because a compaction came after the latest call.</param>
/// <param name="Cached">How much of the latest call's input the server had in its cache.</param>
/// <param name="Input">All input of the latest call; 0 where no cache was in play.</param>
public sealed record ContextGauge(long Used, int? Window, bool IsEstimate = false, long Cached = 0, long Input = 0)
{
    /// <summary>The cached part of the input, from 0 to 1; null where no cache was in play.</summary>
    public double? CacheShare => Input > 0 && !IsEstimate ? (double)Cached / Input : null;

    /// <summary>The used part, from 0 to 1; null where the window is not known.</summary>
    public double? Share => Window is > 0 and { } window ? Math.Clamp((double)Used / window, 0, 1) : null;

    /// <summary>The gauge after the next event; null while no call has reported tokens.</summary>
    public static ContextGauge? After(ContextGauge? gauge, ConversationEvent next) => next switch
    {
        StepEnded { Usage: { CacheRead: > 0 } or { CacheWrite: > 0 } } step => new ContextGauge(
            step.Usage.Total, step.Window, Cached: step.Usage.CacheRead, Input: step.Usage.Input + step.Usage.CacheRead + step.Usage.CacheWrite),
        StepEnded { Usage.Total: > 0 } step => new ContextGauge(step.Usage.Total, step.Window),
        CompactionCompleted compacted => new ContextGauge(compacted.TokensAfter, gauge?.Window, IsEstimate: true),
        CompactionReverted when gauge is { IsEstimate: true } => null,
        _ => gauge,
    };
}
