namespace Autocoder.Core.Features;

/// <summary>A feature somebody wants in the backlog.</summary>
public sealed record FeatureDraft
{
    /// <summary>What it belongs to, at most <see cref="FeatureLimits.CategoryLength"/> characters.</summary>
    public required string Category { get; init; }

    /// <summary>One line, at most <see cref="FeatureLimits.NameLength"/> characters, not yet in the project.</summary>
    public required string Name { get; init; }

    /// <summary>What a person sees and can do once it works.</summary>
    public required string Description { get; init; }

    /// <summary>How to check it; at least one.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>Features of the same call it depends on: positions from 0, each before its own.</summary>
    public IReadOnlyList<int> DependsOnIndices { get; init; } = [];

    /// <summary>Numbers of features created earlier it depends on.</summary>
    public IReadOnlyList<int> DependsOn { get; init; } = [];
}
