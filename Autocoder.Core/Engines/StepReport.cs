using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Engines;

/// <summary>What came of a step.</summary>
/// <param name="StopReason">As the model said it.</param>
/// <param name="Answer">What the model said and asked for.</param>
/// <param name="Results">The results of its tool calls, in their order.</param>
public sealed record StepReport(string StopReason, IReadOnlyList<ModelPart> Answer, IReadOnlyList<ModelPart> Results)
{
    /// <summary>Whether the model asked for tools and so expects to be called again.</summary>
    public bool AskedForTools => Results.Count > 0;

    /// <summary>Whether the model said that the call was longer than it can take.</summary>
    public bool Overflowed { get; init; }
}
