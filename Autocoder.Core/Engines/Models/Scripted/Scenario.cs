namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>A conversation written down in advance. The file format is described in <c>docs/scenarios.md</c>.</summary>
/// <param name="Turns">What is played for the first prompt, the second, …</param>
/// <param name="Agents">The turns of each sub-agent, by its name.</param>
public sealed record Scenario(
    string Name,
    string Description,
    IReadOnlyList<ScenarioTurn> Turns,
    IReadOnlyDictionary<string, IReadOnlyList<ScenarioTurn>> Agents)
{
    /// <summary>How many tokens one call may hold, as the scenario pretends; null for no limit.</summary>
    public int? Window { get; init; }

    /// <summary>What is answered when a summary is wanted, the first time, the second, …; the last one again after that.</summary>
    public IReadOnlyList<ScenarioSummary> Summaries { get; init; } = [ScenarioSummary.Default];
}
