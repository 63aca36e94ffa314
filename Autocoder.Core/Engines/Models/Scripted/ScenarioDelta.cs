namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>How texts and thoughts are cut.</summary>
/// <param name="Size">Characters a piece.</param>
/// <param name="Delay">Waited after each piece.</param>
public sealed record ScenarioDelta(int Size, TimeSpan Delay)
{
    /// <summary>12 characters every 15 ms: what a fast model looks like.</summary>
    public static ScenarioDelta Default { get; } = new(12, TimeSpan.FromMilliseconds(15));
}
