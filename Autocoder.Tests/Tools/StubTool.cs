using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Tools;

/// <summary>A tool that does what a test says.</summary>
internal sealed class StubTool(string name, Func<ToolContext, CancellationToken, Task<ToolResult>> run) : ITool
{
    public string Title { get; init; } = "Do it";

    public IReadOnlyList<ToolResource> Resources { get; init; } = [];

    public ToolDefinition Definition { get; } = new(
        name, "A stub.", new ToolSchema().Text("word", "A word.", 10, required: false).Build(), ToolEffect.SideEffect);

    public IReadOnlyList<ToolResource> ResourcesOf(JsonElement arguments, ProjectFolder folder) => Resources;

    public string Describe(JsonElement arguments) => Title;

    public Task<ToolResult> ExecuteAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken) =>
        run(context, cancellationToken);
}
