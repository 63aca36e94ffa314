namespace Autocoder.Core.Features;

/// <summary>One testable piece of the application to build, as it stands in the backlog of its project.</summary>
public sealed record Feature
{
    /// <summary>Key in the database, never reused. People and tools name a feature by <see cref="Number"/>.</summary>
    public long Id { get; init; }

    /// <summary>The project whose backlog it is in.</summary>
    public required Guid ProjectId { get; init; }

    /// <summary>1, 2, 3, … in its project.</summary>
    public required int Number { get; init; }

    /// <summary>Lower comes first, among features that unblock equally many others.</summary>
    public required int Priority { get; init; }

    /// <summary>What it belongs to: <c>Accounts</c>.</summary>
    public required string Category { get; init; }

    /// <summary>One line, unique in its project whatever its case.</summary>
    public required string Name { get; init; }

    /// <summary>What a person sees and can do once it works.</summary>
    public required string Description { get; init; }

    /// <summary>How to check it, step by step; never empty.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>Numbers of the features that must pass before this one can begin, in ascending order.</summary>
    public IReadOnlyList<int> DependsOn { get; init; } = [];

    /// <summary>Whether it was shown to work.</summary>
    public bool Passes { get; init; }

    /// <summary>Whether somebody is building it. Never together with <see cref="Passes"/>.</summary>
    public bool InProgress { get; init; }

    /// <summary>What the last check showed: why it passes, or why it fails. Null before the first.</summary>
    public string? Evidence { get; init; }

    /// <summary>When it was put into the backlog.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything about it changed last.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it was last found to pass or to fail; null for never.</summary>
    public DateTimeOffset? LastCheckedAt { get; init; }
}
