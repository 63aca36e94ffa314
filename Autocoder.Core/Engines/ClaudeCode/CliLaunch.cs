using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>What a process is started with. Two equal ones can share a process.</summary>
/// <param name="Folder">The project's folder.</param>
/// <param name="Model">Null for the program's default.</param>
/// <param name="Instructions">The system prompt.</param>
/// <param name="OwnTools">The program's own tools that exist at all, by comma.</param>
/// <param name="HostTools">Our tools, offered through the in-process server.</param>
internal sealed record CliLaunch(
    string Folder, string? Model, string Instructions, string OwnTools, IReadOnlyList<ToolDefinition> HostTools)
{
    /// <summary>The settings it is started with, as <see cref="CliProgram.Setup"/> tells them apart.</summary>
    public string Setup { get; init; } = "";

    /// <summary>The name of our server, as the program names our tools by it: <c>mcp__autocoder__Glob</c>.</summary>
    public const string Server = "autocoder";

    /// <summary>Whether the session is not kept by the program.</summary>
    public bool IsForgotten { get; init; }

    /// <summary>Whether a process started with <paramref name="other"/> serves.</summary>
    public bool IsSameAs(CliLaunch other) =>
        (Folder, Model, Instructions, OwnTools, Setup) == (other.Folder, other.Model, other.Instructions, other.OwnTools, other.Setup)
        && HostTools.Select(tool => tool.Name).SequenceEqual(other.HostTools.Select(tool => tool.Name));

    /// <summary>The command line. Nothing secret is in it.</summary>
    /// <param name="resume">The session to go on with; null for a new one.</param>
    /// <param name="newId">The id of a new session.</param>
    public IReadOnlyList<string> ToArguments(string? resume, string newId) =>
    [
        "--output-format", "stream-json", "--verbose", "--input-format", "stream-json", "--include-partial-messages",
        "--permission-prompt-tool", "stdio", "--permission-mode", "default",

        // Nothing of the project's or the person's settings counts, and none of their servers is started.
        "--setting-sources=", "--strict-mcp-config",
        "--tools", OwnTools,
        "--allowedTools", $"mcp__{Server}",
        .. IsForgotten ? ["--no-session-persistence"] : Array.Empty<string>(),
        .. Model is null ? Array.Empty<string>() : [$"--model={Model}"],
        resume is null ? $"--session-id={newId}" : $"--resume={resume}",
    ];
}
