namespace Autocoder.Core.Features;

/// <summary>A feature somebody has taken on.</summary>
/// <param name="AlreadyClaimed">It was in progress before; the claim changed nothing.</param>
public sealed record FeatureClaim(Feature Feature, bool AlreadyClaimed);
