namespace Autocoder.Core.Specs;

/// <summary>A named list of lines: a part of the layout, a group of success criteria, a flow.</summary>
public sealed record SpecSection(string Name, IReadOnlyList<string> Items, SpecOrigin Origin);
