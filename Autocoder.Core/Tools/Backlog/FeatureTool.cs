using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools.Backlog;

/// <summary>A tool over the backlog of the project. All of them are listed in <see cref="BacklogReadingTools"/> and <see cref="BacklogWritingTools"/>.</summary>
internal sealed class FeatureTool(
    string name,
    string description,
    ToolSchema arguments,
    ToolEffect effect,
    Func<ToolArguments, string> title,
    Func<ToolArguments, Guid, CancellationToken, Task<string>> run) : Tool(name, description, arguments, effect)
{
    private protected override string TitleOf(ToolArguments arguments) => title(arguments);

    private protected override async Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken) =>
        new(await run(arguments, context.ProjectId, cancellationToken).ConfigureAwait(false));
}
