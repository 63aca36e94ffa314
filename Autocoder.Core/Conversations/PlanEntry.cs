using System.Text.Json.Serialization;

namespace Autocoder.Core.Conversations;

/// <summary>One line of an agent's plan.</summary>
/// <param name="Id">Stable over the revisions of the plan.</param>
/// <param name="Evidence">What shows that it is completed; null before, and in plans of older versions.</param>
/// <param name="Executor">Who does it: a tool, a sub-agent; null for the agent itself.</param>
public sealed record PlanEntry(
    string Id,
    string Text,
    PlanEntryStatus Status,
    string? Evidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] PlanEntryPriority Priority = PlanEntryPriority.Normal,
    string? Executor = null);

/// <summary>Where a <see cref="PlanEntry"/> stands. At most one entry of a plan is in progress.</summary>
public enum PlanEntryStatus
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Being worked on.</summary>
    InProgress,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>Left out on purpose.</summary>
    Skipped,

    /// <summary>No longer wanted.</summary>
    Cancelled,
}

/// <summary>How much a <see cref="PlanEntry"/> matters.</summary>
public enum PlanEntryPriority
{
    /// <summary>Like most.</summary>
    Normal,

    /// <summary>The plan fails without it.</summary>
    High,

    /// <summary>Can be left out.</summary>
    Low,
}
