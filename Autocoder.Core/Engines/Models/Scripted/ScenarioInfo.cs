namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>A scenario one can choose.</summary>
/// <param name="Name">As the engine's variant names it: <c>scripted:demo</c>.</param>
/// <param name="Problem">Why it cannot be played, in words; null when it can.</param>
public sealed record ScenarioInfo(string Name, string Description, bool IsBuiltIn, string? Problem = null);
