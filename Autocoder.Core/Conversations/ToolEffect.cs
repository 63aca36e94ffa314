namespace Autocoder.Core.Conversations;

/// <summary>What a tool may do to the world; recovery and permissions go by it.</summary>
public enum ToolEffect
{
    /// <summary>Looks only.</summary>
    ReadOnly,

    /// <summary>Changes something, and doing it twice gives the same result.</summary>
    Idempotent,

    /// <summary>Changes something, and doing it twice may not be the same.</summary>
    SideEffect,
}
