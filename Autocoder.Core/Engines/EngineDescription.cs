namespace Autocoder.Core.Engines;

/// <summary>What people are told about an engine.</summary>
/// <param name="Id">As settings and events name it: <c>offline</c>.</param>
/// <param name="UsesModel">False when no language model is involved; the pages say so plainly.</param>
/// <param name="PlansFirst">Whether it can analyse and plan before it changes anything.</param>
public sealed record EngineDescription(string Id, string Name, string Summary, bool UsesModel, bool PlansFirst = true);
