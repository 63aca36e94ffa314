using System.Text.Json;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools;

/// <summary>What models and people are told about a tool.</summary>
/// <param name="Name">As models call it: <c>Read</c>, <c>feature_get_stats</c>.</param>
/// <param name="Description">For the model: what it does, and when to use it.</param>
/// <param name="InputSchema">JSON Schema of the arguments, an object.</param>
/// <param name="Effect">What it may do to the world.</param>
public sealed record ToolDefinition(string Name, string Description, JsonElement InputSchema, ToolEffect Effect)
{
    /// <summary>How long after a stop a call may need to finish what must not be cut; zero for no more than any run gets.</summary>
    public TimeSpan StopGrace { get; init; }
}
