using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Autocoder.Tests.TestSupport.ScriptedAnthropic;

/// <summary>What scenarios match on, read from a request.</summary>
internal sealed partial record RequestFacts(
    int AssistantTurns,
    string FirstUserText,
    string LastUserText,
    string ToolResult,
    bool HasToolResult,
    IReadOnlyList<string> Tools,
    string System,
    string Model)
{
    /// <summary>The working directory Claude Code names in its system text; null where it names none.</summary>
    public string? WorkingDirectory => WorkingDirectoryLine().Match(System) is { Success: true } match ? match.Groups[1].Value : null;

    public static RequestFacts Of(JsonNode body)
    {
        var all = body["messages"]?.AsArray().OfType<JsonNode>().ToList() ?? [];

        // Claude Code also sends messages of role "system" in the list.
        var system = string.Join('\n', [TextOf(body["system"]), .. all.Where(IsSystem).Select(message => TextOf(message["content"]))]);
        var messages = all.Where(message => !IsSystem(message)).ToList();
        var userTexts = messages.Where(message => (string?)message["role"] == "user")
            .Select(message => Added().Replace(TextOf(message["content"]), "").Trim())
            .Where(text => text.Length > 0)
            .ToList();
        var results = messages.LastOrDefault() is { } last && (string?)last["role"] == "user" && last["content"] is JsonArray blocks
            ? blocks.Where(block => (string?)block!["type"] == "tool_result").ToList()
            : [];
        return new RequestFacts(
            messages.Count(message => (string?)message["role"] == "assistant"),
            userTexts.FirstOrDefault() ?? "",
            userTexts.LastOrDefault() ?? "",
            string.Join('\n', results.Select(block => TextOf(block!["content"]))),
            results.Count > 0,
            [.. (body["tools"]?.AsArray() ?? []).Select(tool => (string?)tool!["name"] ?? "")],
            system,
            (string?)body["model"] ?? "");
    }

    private static bool IsSystem(JsonNode message) => (string?)message["role"] == "system";

    private static string TextOf(JsonNode? content) => content switch
    {
        JsonValue value => (string?)value ?? "",
        JsonArray blocks => string.Join('\n', blocks.Where(block => (string?)block!["type"] == "text").Select(block => (string?)block!["text"])),
        _ => "",
    };

    // What Claude Code adds to a person's message.
    [GeneratedRegex(@"<(system-reminder|local-command-caveat|local-command-stdout|command-name|command-message|command-args)>[\s\S]*?</\1>")]
    private static partial Regex Added();

    [GeneratedRegex(@"(?:Primary working directory|Working directory):\s*(\S+)")]
    private static partial Regex WorkingDirectoryLine();
}
