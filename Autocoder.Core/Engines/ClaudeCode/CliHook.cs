using System.Text.Json;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>The hook before each tool: it makes the program ask, also for what it would allow by itself. Pure.</summary>
/// <remarks>
/// Measured with 2.1.329: <c>ask</c> leads to <c>can_use_tool</c> for every tool of its own, also for reading inside the project.
/// An answer that is an error would let the tool run, so there is none.
/// </remarks>
internal static class CliHook
{
    public const string Id = "autocoder-pre-tool-use";

    /// <summary>Without an answer in this time the program blocks the tool.</summary>
    public const int Seconds = 3600;

    /// <summary>The answer to a call of the hook; null when it is something else.</summary>
    public static object? TryAnswer(JsonElement request) => request.Text("subtype") != "hook_callback" ? null
        // Our own tools ask by themselves, when they are called.
        : request.At("input").Text("tool_name")?.StartsWith($"mcp__{CliLaunch.Server}__", StringComparison.Ordinal) is true ? new { }
        : new
        {
            hookSpecificOutput = new
            {
                hookEventName = "PreToolUse",
                permissionDecision = "ask",
                permissionDecisionReason = "Autocoder decides.",
            },
        };
}
