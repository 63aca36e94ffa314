namespace Autocoder.Core.Conversations;

/// <summary>Tokens of one model call, or the sum over several. All zero where no model is used.</summary>
public sealed record TokenUsage(long Input = 0, long Output = 0, long CacheRead = 0, long CacheWrite = 0)
{
    /// <summary>No tokens at all.</summary>
    public static TokenUsage None { get; } = new();

    public static TokenUsage operator +(TokenUsage left, TokenUsage right) => new(
        left.Input + right.Input,
        left.Output + right.Output,
        left.CacheRead + right.CacheRead,
        left.CacheWrite + right.CacheWrite);

    /// <summary>Input of every kind plus output.</summary>
    public long Total => Input + Output + CacheRead + CacheWrite;
}
