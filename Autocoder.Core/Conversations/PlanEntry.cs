namespace Autocoder.Core.Conversations;

/// <summary>One line of an agent's plan.</summary>
/// <param name="Id">Stable over the revisions of the plan.</param>
public sealed record PlanEntry(string Id, string Text, PlanEntryStatus Status);

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
}
