namespace Autocoder.Core.Specs;

/// <summary>A feature as the backlog takes it.</summary>
/// <param name="DependsOn">Places in the same list, from 0, each before its own.</param>
public sealed record SpecFeatureDraft(
    string Category, string Name, string Description, IReadOnlyList<string> Steps, IReadOnlyList<int> DependsOn);
