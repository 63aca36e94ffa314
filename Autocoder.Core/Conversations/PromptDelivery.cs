namespace Autocoder.Core.Conversations;

/// <summary>When a waiting prompt is given to a run.</summary>
public enum PromptDelivery
{
    /// <summary>After the run at work has ended, in a run of its own.</summary>
    Queue,

    /// <summary>Into the run at work, before its next model call. With nothing at work it starts a run of its own.</summary>
    Steer,
}
