namespace Autocoder.Core.Specs;

/// <summary>A named group of decisions: <c>frontend</c> with framework, styling, port.</summary>
public sealed record SpecChoices(string Name, IReadOnlyList<SpecChoice> Choices);

/// <summary>One decision: <c>framework</c> is <c>React</c>.</summary>
public sealed record SpecChoice(string Key, string Value, SpecOrigin Origin);
