namespace Autocoder.Core.Conversations;

/// <summary>How a tool call ended.</summary>
public enum ToolCallStatus
{
    /// <summary>The tool did what it was asked.</summary>
    Completed,

    /// <summary>The tool says why it could not.</summary>
    Failed,

    /// <summary>Stopped while it ran; it may have done a part.</summary>
    Cancelled,

    /// <summary>Requested but never started.</summary>
    NotStarted,

    /// <summary>The server died while it ran; nobody knows what it did.</summary>
    Unknown,
}
