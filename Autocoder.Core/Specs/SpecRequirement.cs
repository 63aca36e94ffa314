namespace Autocoder.Core.Specs;

/// <summary>One decision about the whole application.</summary>
/// <param name="Id">Stable: <c>R-012</c>.</param>
public sealed record SpecRequirement(string Id, string Text, SpecOrigin Origin);
