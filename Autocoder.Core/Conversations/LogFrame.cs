namespace Autocoder.Core.Conversations;

/// <summary>One thing a follower receives. The hierarchy is closed.</summary>
public abstract record LogFrame
{
    private LogFrame()
    {
    }

    /// <summary>The next event.</summary>
    public sealed record Recorded(EventEnvelope Envelope) : LogFrame;

    /// <summary>Everything that was recorded before following began has been sent.</summary>
    public sealed record Synced(LogCursor Head) : LogFrame;

    /// <summary>More of an open text. Only between the start and the completion of its item.</summary>
    public sealed record OpenText(OpenTextSlice Slice) : LogFrame;

    /// <summary>Nothing happened for a while; a follower whose cursor is before the head is behind.</summary>
    public sealed record Heartbeat(LogCursor Head) : LogFrame;

    /// <summary>History was rewritten; start again from the beginning of the epoch named here.</summary>
    public sealed record CursorExpired(int Epoch) : LogFrame;
}
