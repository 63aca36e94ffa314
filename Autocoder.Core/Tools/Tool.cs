using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Features;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools;

/// <summary>A tool with checked arguments, whose expected failures become results.</summary>
public abstract class Tool : ITool
{
    /// <summary>The most characters of a title.</summary>
    public const int MaxTitleLength = 200;

    /// <summary>How much of its output a tool should fill at most, in bytes of UTF-8, so that it reaches the model whole.</summary>
    /// <remarks>Stays under <see cref="ToolExecutor.MaxOutputBytes"/> with room for a closing notice.</remarks>
    protected const int PageBytes = 60 * 1024;

    private protected Tool(string name, string description, ToolSchema arguments, ToolEffect effect, TimeSpan stopGrace = default) =>
        Definition = new ToolDefinition(name, description, arguments.Build(), effect) { StopGrace = stopGrace };

    /// <inheritdoc/>
    public ToolDefinition Definition { get; }

    /// <inheritdoc/>
    public virtual bool IsOffered => true;

    /// <inheritdoc/>
    public string Describe(JsonElement arguments)
    {
        try
        {
            return ToolText.Line(TitleOf(new ToolArguments(arguments)), MaxTitleLength);
        }
        catch (Exception)
        {
            // A title is never worth a call: arguments from a model can be anything.
            return Definition.Name;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ToolResource> ResourcesOf(JsonElement arguments, ProjectFolder folder) =>
        TouchedBy(new ToolArguments(arguments), folder);

    /// <inheritdoc/>
    public async Task<string?> FindRefusalAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return await RefusalOfAsync(new ToolArguments(arguments), context, cancellationToken).ConfigureAwait(false);
        }
        catch (ProjectFileException exception)
        {
            return exception.Message;
        }
    }

    /// <inheritdoc/>
    public async Task<ToolResult> ExecuteAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (ToolArguments.FindProblem(Definition.InputSchema, arguments) is { } problem)
        {
            return ToolResult.Failure(problem);
        }

        try
        {
            return await RunAsync(new ToolArguments(arguments), context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ProjectFileException or FeatureException or ToolRefusalException)
        {
            return ToolResult.Failure(exception.Message);
        }
    }

    /// <summary>What a call does, from arguments of any shape. Made safe to show by the caller.</summary>
    private protected abstract string TitleOf(ToolArguments arguments);

    /// <summary>What a call touches, as permission rules name it; nothing unless a tool says otherwise.</summary>
    private protected virtual IReadOnlyList<ToolResource> TouchedBy(ToolArguments arguments, ProjectFolder folder) => [];

    /// <summary>Why a call cannot succeed as things are; null unless a tool says otherwise.</summary>
    private protected virtual Task<string?> RefusalOfAsync(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    /// <summary>A path as permission rules name it: relative to the project, <c>.</c> for the project itself.</summary>
    private protected static string ResourceOf(string path, ProjectFolder folder) =>
        folder.Relative(path) is { Length: > 0 } relative ? relative : ".";

    /// <summary>Does it, with arguments that fit the schema.</summary>
    private protected abstract Task<ToolResult> RunAsync(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken);
}
