namespace Autocoder.Core.Engines;

/// <summary>How an engine is, in words for the person.</summary>
/// <param name="Summary">What was found, in one sentence.</param>
/// <param name="Advice">What to do; null when there is nothing to do.</param>
/// <param name="Facts">Names and values worth showing: version, where it was found, address. Never a key.</param>
public sealed record EngineHealth(
    EngineCondition Condition, string Summary, string? Advice, IReadOnlyList<KeyValuePair<string, string>> Facts)
{
    /// <summary>Whether a run can be started with it, as far as is known.</summary>
    public bool CanRun => Condition is EngineCondition.Ready or EngineCondition.Available;
}
