using Autocoder.Core.Features;
using Autocoder.Core.Processes;
using Autocoder.Core.Tools.Backlog;
using Autocoder.Core.Tools.Files;
using Autocoder.Core.Tools.Git;
using Autocoder.Core.Tools.Shell;

namespace Autocoder.Core.Tools;

/// <summary>The tools Autocoder itself brings.</summary>
public static class BuiltInTools
{
    /// <summary>One of each.</summary>
    public static ToolCatalog Create(FeatureBacklog backlog, ChildProcesses processes, Sandbox sandbox, TimeProvider time) => new(
    [
        new ReadTool(),
        new GlobTool(time),
        new GrepTool(time),
        new WriteTool(),
        new EditTool(),
        new AskUserTool(),
        new UpdatePlanTool(),
        new AgentTool(),
        new BashTool(processes, sandbox),
        new InitRepositoryTool(processes, time),
        .. BacklogReadingTools.Over(backlog),
        .. BacklogWritingTools.Over(backlog),
    ]);
}
