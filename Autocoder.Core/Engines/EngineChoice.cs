namespace Autocoder.Core.Engines;

/// <summary>An engine, and the part of its name after the colon.</summary>
/// <param name="Variant">For example a scenario; null for none.</param>
public sealed record EngineChoice(IAgentEngine Engine, string? Variant)
{
    /// <summary>The name events store; <see cref="EngineCatalog.Resolve(string?)"/> finds the same choice by it.</summary>
    public string Name => Variant is null ? Engine.Description.Id : $"{Engine.Description.Id}:{Variant}";

    /// <summary>The choice for a sub-agent: the same engine, with the same model; a scenario's child plays <c>scenario#agent</c>.</summary>
    public EngineChoice ForSubAgent(string agent) =>
        Variant is null || Engine.Description.UsesModel ? this : this with { Variant = $"{Variant.Split('#')[0]}#{agent}" };
}
