namespace Autocoder.Core.Conversations;

/// <summary>One row of a list of conversations.</summary>
/// <param name="Prompts">How many prompts were ever sent.</param>
/// <param name="TrashedAt">When it went to the trash; null when it is not there.</param>
public sealed record ConversationSummary(
    Guid Id,
    Guid ProjectId,
    ConversationKind Surface,
    string Title,
    ConversationStatus Status,
    int Prompts,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? TrashedAt)
{
    /// <summary>Whether it is kept at the top of its list.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Whether it was put away.</summary>
    public bool IsArchived { get; init; }
}

/// <summary>What a conversation is doing, as lists show it.</summary>
public enum ConversationStatus
{
    /// <summary>Nothing has run yet.</summary>
    New,

    /// <summary>A run waits for the person.</summary>
    NeedsYou,

    /// <summary>A run is at work.</summary>
    Running,

    /// <summary>The last run ended well.</summary>
    Done,

    /// <summary>The last run was stopped by the person.</summary>
    Stopped,

    /// <summary>The last run was cut off by a restart.</summary>
    Interrupted,

    /// <summary>The last run failed or hit a limit.</summary>
    Failed,
}
