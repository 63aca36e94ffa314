using Autocoder.Core.Projects;
using Autocoder.Core.Tools.Permissions;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Tools;

/// <summary>Makes the executor of each run. Safe to use from any thread.</summary>
public sealed class ToolExecutorFactory(
    ToolCatalog catalog, IToolOutputStore outputs, TimeProvider time, ILogger<ToolExecutor> logger)
{
    /// <param name="allowed">Names of the tools the run may use, in the order models are told of them.</param>
    /// <param name="permissions">Decides about each call, after its arguments were checked.</param>
    /// <exception cref="ArgumentException">There is no tool of one of the names.</exception>
    public ToolExecutor Create(
        IReadOnlyList<string> allowed,
        Guid projectId,
        Guid conversationId,
        ProjectFolder folder,
        IToolRun run,
        IToolPermissions permissions) => new(
            catalog,
            allowed,
            callId => new ToolContext(projectId, conversationId, callId, folder, run),
            run,
            new ToolGate(permissions, run, folder),
            outputs,
            time,
            logger);
}
