using Autocoder.Core.Projects;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Tools;

/// <summary>Makes the executor of each run. Safe to use from any thread.</summary>
public sealed class ToolExecutorFactory(
    ToolCatalog catalog, IToolOutputStore outputs, TimeProvider time, ILogger<ToolExecutor> logger)
{
    /// <param name="allowed">Names of the tools the run may use, in the order models are told of them.</param>
    /// <exception cref="ArgumentException">There is no tool of one of the names.</exception>
    public ToolExecutor Create(
        IReadOnlyList<string> allowed, Guid projectId, Guid conversationId, ProjectFolder folder, IToolRun run) =>
        new(catalog, allowed, callId => new ToolContext(projectId, conversationId, callId, folder, run), run, outputs, time, logger);
}
