namespace Autocoder.Core.Conversations;

/// <summary>How to follow a conversation.</summary>
public sealed record FollowOptions
{
    /// <summary>The defaults.</summary>
    public static FollowOptions Default { get; } = new();

    /// <summary>How long a follower that hears nothing waits before it looks for itself, and sends a <see cref="LogFrame.Heartbeat"/> if there is nothing. 15 seconds.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The most events read at once. 256.</summary>
    public int PageSize { get; init; } = 256;
}
