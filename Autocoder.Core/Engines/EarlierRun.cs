namespace Autocoder.Core.Engines;

/// <summary>A run of the conversation before the present one.</summary>
/// <param name="Engine">The id of the engine that drove it, without a variant.</param>
public sealed record EarlierRun(Guid RunId, string Engine);
