namespace Autocoder.Core.Conversations;

/// <summary>Why room is made.</summary>
public enum CompactionReason
{
    /// <summary>The next call would come too close to the model's window.</summary>
    Automatic,

    /// <summary>The model said that the call was too long.</summary>
    Overflow,

    /// <summary>A person asked for it.</summary>
    Person,
}
