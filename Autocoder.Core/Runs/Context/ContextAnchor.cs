namespace Autocoder.Core.Runs.Context;

/// <summary>A number of tokens that a model has counted, and what it covers. Only what came later must be estimated.</summary>
/// <param name="Through">Entries that began before this event are covered; of the one that began with it, all but its tool results.</param>
internal sealed record ContextAnchor(long Tokens, long Through);
