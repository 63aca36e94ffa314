namespace Autocoder.Core.Runs;

/// <summary>What a run needs to know of itself.</summary>
/// <param name="Depth">0 for a conversation a person started, 1 for its sub-agents.</param>
/// <param name="Parent">The run that started it as a sub-agent; null for a person's.</param>
/// <param name="Agent">The name its parent called it by; null for a person's.</param>
internal sealed record RunTicket(
    Guid ConversationId,
    Guid RunId,
    Guid ProjectId,
    string Engine,
    string Profile,
    int Depth,
    RunTicket? Parent = null,
    string? Agent = null)
{
    /// <summary>The run a person started, above all sub-agents.</summary>
    public RunTicket Root => Parent?.Root ?? this;

    /// <summary>The sub-agents from below the root down to this one; empty for the root.</summary>
    public IReadOnlyList<string> Path => Parent is null ? [] : [.. Parent.Path, Agent ?? Profile];

    /// <summary>Whether the agent was called by the name of its profile, rather than getting its parent's.</summary>
    public bool HasOwnProfile => Parent is null || Agent == Profile;
}
