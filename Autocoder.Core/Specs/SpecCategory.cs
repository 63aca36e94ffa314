namespace Autocoder.Core.Specs;

/// <summary>Features that belong together.</summary>
/// <param name="Name">As people read it; it need not be an XML name.</param>
public sealed record SpecCategory(string Name, IReadOnlyList<SpecFeature> Features);

/// <summary>One testable behaviour.</summary>
/// <param name="Id">Stable: <c>F-03</c>.</param>
/// <param name="Behaviour">Who does what, and what is then to be seen.</param>
/// <param name="Steps">How to test it, in order.</param>
/// <param name="DependsOn">Ids of the features that must work before it.</param>
public sealed record SpecFeature(
    string Id, string Name, string Behaviour, IReadOnlyList<string> Steps, IReadOnlyList<string> DependsOn, SpecOrigin Origin);
