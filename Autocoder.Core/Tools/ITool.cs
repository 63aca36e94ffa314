using System.Text.Json;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools;

/// <summary>Something an engine can ask for. Stateless: one instance serves all runs.</summary>
public interface ITool
{
    /// <summary>What models and people are told about it.</summary>
    ToolDefinition Definition { get; }

    /// <summary>Whether models are told of it now: what a person has not switched on is not there for them.</summary>
    bool IsOffered => true;

    /// <summary>One line that says what a call does: <c>Read src/App.cs</c>. Never throws, whatever the arguments are.</summary>
    string Describe(JsonElement arguments);

    /// <summary>What a call touches, as permission rules name it: a path inside the project, the commands of a line. Empty for nothing.</summary>
    /// <param name="arguments">They fit the schema.</param>
    /// <exception cref="ProjectFileException">A path of the call is outside the project, or none at all.</exception>
    /// <exception cref="ToolRefusalException">The tool never does such a thing, so nobody needs to be asked.</exception>
    IReadOnlyList<ToolResource> ResourcesOf(JsonElement arguments, ProjectFolder folder) => [];

    /// <summary>Why a call cannot succeed as things are, so that nobody is asked to allow it; null when nothing speaks against it.</summary>
    /// <param name="arguments">They fit the schema.</param>
    Task<string?> FindRefusalAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Does it. A problem the model or the person can understand is a failed <see cref="ToolResult"/>, not an exception.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    Task<ToolResult> ExecuteAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken);
}
