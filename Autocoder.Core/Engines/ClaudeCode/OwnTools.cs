using System.Text.Json;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Files;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>The program's own tools in the words of ours. Pure but for the looks at the disk.</summary>
/// <remarks>
/// Offered are those that do the same as one of ours: reading files, writing the wizard's draft, and asking the person. Changes of
/// files, commands, searches, sub-agents and the backlog are ours alone, through the in-process server: so they pass the sandbox, the
/// budget and the limits of Autocoder, and what a file held before is kept.
/// </remarks>
internal static class OwnTools
{
    private static readonly string[] Replaced = ["Read", "AskUser"];

    /// <summary>The program's tools for an agent that may use ours, by comma; empty for none.</summary>
    public static string For(IReadOnlyList<ToolDefinition> ours) => string.Join(
        ',', new[] { ("Read", "Read"), ("WriteSpecFile", "Write"), ("AskUser", "AskUserQuestion") }
            .Where(pair => ours.Any(tool => tool.Name == pair.Item1)).Select(pair => pair.Item2).Distinct());

    /// <summary>Those of ours that the program has nothing for, and gets from us.</summary>
    public static IReadOnlyList<ToolDefinition> Hosted(IReadOnlyList<ToolDefinition> ours) =>
        [.. ours.Where(tool => !Replaced.Contains(tool.Name))];

    /// <summary>A call in the words of our tool of the same meaning.</summary>
    public static ToolCall ToCall(string callId, string tool, JsonElement input, ProjectFolder folder, bool isSpec) => (tool, isSpec) switch
    {
        ("Read", _) => new ToolCall(callId, "Read", ReadArguments(input, folder)),
        ("Write", true) => new ToolCall(callId, "WriteSpecFile", WriteArguments(input, folder)),
        ("Write", false) => new ToolCall(callId, "Write", WriteArguments(input, folder)),
        _ => new ToolCall(callId, tool, input),
    };

    /// <summary>What the rules of our Read forbid that the program does not check itself; null for nothing.</summary>
    /// <exception cref="ProjectFileException">The path is outside the project.</exception>
    public static string? FindRefusal(ToolCall call, ProjectFolder folder)
    {
        var path = folder.Relative(call.Arguments.Text("path") ?? "");
        return SecretFile.Is(path) ? SecretFile.Refusal(path)
            : IsReachedThroughLink(folder.Root, path) ? $"{ToolText.Line(path, 300)} is a link, or reached through one. Name the file itself."
            : null;
    }

    /// <summary>The input with the path that was checked, so that nothing else is touched.</summary>
    public static Dictionary<string, JsonElement> Pin(JsonElement input, ToolCall call, ProjectFolder folder)
    {
        var pinned = input.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        var path = folder.Relative(call.Arguments.Text("path") ?? "");
        pinned["file_path"] = JsonSerializer.SerializeToElement(Path.Combine(folder.Root, path.Replace('/', Path.DirectorySeparatorChar)));
        return pinned;
    }

    /// <summary>The result of a call, from the block in which the program says it.</summary>
    public static ToolResult ToResult(JsonElement block)
    {
        var output = block.At("content").ContentText() is { Length: > 0 } text ? text : "[A picture, or nothing: the program showed it to the model itself.]";
        return block.Flag("is_error") ? ToolResult.Failure(output) : new ToolResult(output);
    }

    private static JsonElement ReadArguments(JsonElement input, ProjectFolder folder)
    {
        var arguments = new Dictionary<string, object> { ["path"] = PathOf(input, folder) };
        if (input.Number("offset") is > 0 and <= int.MaxValue and var offset)
        {
            arguments["offset"] = offset;
        }

        if (input.Number("limit") is > 0 and var limit)
        {
            arguments["limit"] = Math.Min(limit, 2000);
        }

        return JsonSerializer.SerializeToElement(arguments);
    }

    private static JsonElement WriteArguments(JsonElement input, ProjectFolder folder) =>
        JsonSerializer.SerializeToElement(new { path = PathOf(input, folder), content = input.Text("content") ?? "" });

    // A path outside stays as it is, so that the refusal names it.
    private static string PathOf(JsonElement input, ProjectFolder folder)
    {
        var path = input.Text("file_path") ?? "";
        try
        {
            return folder.Relative(path) is { Length: > 0 } relative ? relative : ".";
        }
        catch (ProjectFileException)
        {
            return path;
        }
    }

    private static bool IsReachedThroughLink(string root, string path)
    {
        var reached = root;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            reached = Path.Combine(reached, part);
            if (new FileInfo(reached).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
