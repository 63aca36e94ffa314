namespace Autocoder.Core.Engines;

/// <summary>A model that an engine can use.</summary>
/// <param name="Id">As the engine's name takes it after the colon.</param>
/// <param name="Name">For people.</param>
/// <param name="Window">How many tokens one call may hold; null where that is not known.</param>
public sealed record EngineModel(string Id, string Name, int? Window = null);
