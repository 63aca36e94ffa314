namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>Where a person's own scenarios are. Bound to <see cref="SectionName"/> of the configuration.</summary>
public sealed class ScenarioOptions
{
    public const string SectionName = "Autocoder:Scenarios";

    /// <summary>A folder of <c>name.json</c> files; null for the built-in scenarios only. Need not exist.</summary>
    public string? Folder { get; set; }
}
