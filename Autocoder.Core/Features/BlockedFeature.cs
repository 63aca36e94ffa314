namespace Autocoder.Core.Features;

/// <summary>A feature that cannot be built yet.</summary>
/// <param name="BlockedBy">Numbers of the features it depends on that do not pass.</param>
public sealed record BlockedFeature(Feature Feature, IReadOnlyList<int> BlockedBy);
