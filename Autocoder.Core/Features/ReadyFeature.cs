namespace Autocoder.Core.Features;

/// <summary>A feature that can be built now.</summary>
/// <param name="Score">How many features that do not pass yet wait for it, directly or through others.</param>
public sealed record ReadyFeature(Feature Feature, int Score);
