namespace Autocoder.Core.Conversations;

/// <summary>How room is made, the cheapest first.</summary>
public enum CompactionMethod
{
    /// <summary>Old tool output is replaced by a line.</summary>
    Mask,

    /// <summary>Old messages are replaced by a summary.</summary>
    Summary,

    /// <summary>Old messages are cut short, because not even the summary's request would fit.</summary>
    HardReset,
}
