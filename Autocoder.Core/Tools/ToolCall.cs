using System.Text.Json;

namespace Autocoder.Core.Tools;

/// <summary>A tool call as an engine asks for it.</summary>
/// <param name="CallId">The engine's own id, unique in the run.</param>
public sealed record ToolCall(string CallId, string Tool, JsonElement Arguments);
