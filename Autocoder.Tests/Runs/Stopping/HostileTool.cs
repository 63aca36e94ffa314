using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Runs.Stopping;

/// <summary>A tool of a hostile world. It takes the name of a real one, so that profiles know it, and no person need allow it.</summary>
internal sealed class HostileTool(string name, HostileWorld world) : ITool
{
    private const string Short = "Read";
    private const string Long = "Glob";

    public static readonly IReadOnlyList<string> Names = [Short, Long];

    public ToolDefinition Definition { get; } = new(name, "A hostile tool.", new ToolSchema().Build(), ToolEffect.ReadOnly)
    {
        StopGrace = name == Long ? TimeSpan.FromSeconds(10) : TimeSpan.Zero,
    };

    public static string NameFor(HostileMove move) => move.Grace == 14 ? Long : Short;

    public string Describe(JsonElement arguments) => "Be hostile";

    public Task<ToolResult> ExecuteAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken) =>
        world.ExecuteAsync(context, cancellationToken);
}
