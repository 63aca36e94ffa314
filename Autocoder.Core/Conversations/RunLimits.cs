namespace Autocoder.Core.Conversations;

/// <summary>How far one run may go, its sub-agents included. Reaching a limit is an ordinary end with everything saved.</summary>
/// <param name="Steps">The most model calls.</param>
/// <param name="Tokens">The most tokens of every kind; null for no limit.</param>
/// <param name="CostUsd">The most US dollars, where the engine knows what a call costs; null for no limit.</param>
/// <param name="Minutes">The longest time, waiting for the person not counted; null for no limit.</param>
public sealed record RunLimits(int Steps, long? Tokens = null, decimal? CostUsd = null, int? Minutes = null)
{
    /// <summary>The tighter of both, limit by limit.</summary>
    public RunLimits AtMost(RunLimits other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new RunLimits(
            Math.Min(Steps, other.Steps),
            Least(Tokens, other.Tokens),
            Least(CostUsd, other.CostUsd),
            Least(Minutes, other.Minutes));
    }

    private static T? Least<T>(T? one, T? other) where T : struct, IComparable<T> =>
        one is { } first && other is { } second ? (first.CompareTo(second) <= 0 ? first : second) : one ?? other;
}
