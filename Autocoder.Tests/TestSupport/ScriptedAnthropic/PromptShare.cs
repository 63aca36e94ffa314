namespace Autocoder.Tests.TestSupport.ScriptedAnthropic;

/// <summary>How the input tokens of calls divide.</summary>
/// <param name="Read">Found in the cache.</param>
/// <param name="Written">Kept in the cache for the first time.</param>
/// <param name="Full">Neither.</param>
/// <param name="IsKeptLong">Whether what was written is kept for an hour, not five minutes.</param>
internal sealed record PromptShare(long Read, long Written, long Full, bool IsKeptLong)
{
    /// <summary>All of them: what is paid without a cache.</summary>
    public long All => Read + Written + Full;

    /// <summary>What is paid, in tokens at the usual price: a tenth for what is read, 1.25 times (or twice, for an hour) for what is written.</summary>
    public double Paid => (0.1 * Read) + ((IsKeptLong ? 2 : 1.25) * Written) + Full;
}
