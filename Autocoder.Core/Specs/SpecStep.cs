namespace Autocoder.Core.Specs;

/// <summary>One step of building.</summary>
public sealed record SpecStep(string Title, IReadOnlyList<string> Tasks);
