namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>The failure a step ends in.</summary>
public sealed record ScenarioError(string Code, string Message);
