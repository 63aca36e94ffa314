using System.Text.Json.Serialization;

namespace Autocoder.Core.Conversations;

/// <summary>Tokens of one model call, or the sum over several. All zero where no model is used.</summary>
/// <param name="Input">Input that was neither read from nor written to a cache.</param>
/// <param name="Output">Output, reasoning included.</param>
/// <param name="CacheRead">Input that was read from a cache.</param>
/// <param name="CacheWrite">Input that was written to a cache.</param>
/// <param name="CostUsd">In US dollars, where the engine knows it.</param>
public sealed record TokenUsage(
    long Input = 0,
    long Output = 0,
    long CacheRead = 0,
    long CacheWrite = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] decimal CostUsd = 0)
{
    /// <summary>No tokens at all.</summary>
    public static TokenUsage None { get; } = new();

    public static TokenUsage operator +(TokenUsage left, TokenUsage right) => new(
        left.Input + right.Input,
        left.Output + right.Output,
        left.CacheRead + right.CacheRead,
        left.CacheWrite + right.CacheWrite,
        left.CostUsd + right.CostUsd);

    /// <summary>Input of every kind plus output.</summary>
    public long Total => Input + Output + CacheRead + CacheWrite;
}
