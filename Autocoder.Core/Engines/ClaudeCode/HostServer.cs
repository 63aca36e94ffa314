using System.Text.Json;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>Our side of the Model Context Protocol, as far as the program asks before a call. Pure.</summary>
/// <remarks>Methods and shapes: modelcontextprotocol.io, revision 2025-11-25; what the program sends is in <c>docs/claude-code.md</c>.</remarks>
internal static class HostServer
{
    private const int MethodNotFound = -32601;
    private static readonly Dictionary<string, object> AlwaysLoad = new() { ["anthropic/alwaysLoad"] = true };

    /// <summary>Answers a message that is not a call of a tool.</summary>
    public static object Answer(JsonElement message, IReadOnlyList<ToolDefinition> tools) => message.Text("method") switch
    {
        "initialize" => Result(message, new
        {
            protocolVersion = message.At("params").Text("protocolVersion") ?? "2025-11-25",
            capabilities = new { tools = new { } },
            serverInfo = new { name = CliLaunch.Server, version = "1" },
        }),
        "tools/list" => Result(message, new { tools = tools.Select(ToTool) }),
        "ping" => Result(message, new { }),
        _ when message.At("id").ValueKind is JsonValueKind.Undefined => Result(message, new { }),
        _ => Wrap(new { jsonrpc = "2.0", id = IdOf(message), error = new { code = MethodNotFound, message = "Not known here." } }),
    };

    /// <summary>The result of a call.</summary>
    public static object ToAnswer(JsonElement message, ToolResult result) => Result(
        message, new { content = new[] { new { type = "text", text = result.Output } }, isError = !result.Succeeded });

    private static Dictionary<string, object> ToTool(ToolDefinition tool) => new()
    {
        ["name"] = tool.Name,
        ["description"] = tool.Description,
        ["inputSchema"] = tool.InputSchema,
        ["_meta"] = AlwaysLoad,
    };

    private static object Result(JsonElement message, object result) => Wrap(new { jsonrpc = "2.0", id = IdOf(message), result });

    private static object Wrap(object message) => new { mcp_response = message };

    private static object IdOf(JsonElement message) => message.At("id") is { ValueKind: not JsonValueKind.Undefined } id ? id : 0;
}
