namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>The answer to one prompt: a step is played each time the model is called.</summary>
public sealed record ScenarioTurn(IReadOnlyList<ScenarioStep> Steps);
