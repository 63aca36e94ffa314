using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools;

/// <summary>Where a tool call happens.</summary>
/// <param name="Folder">The only way to the project's files.</param>
/// <param name="Run">The run that asks.</param>
public sealed record ToolContext(Guid ProjectId, Guid ConversationId, string CallId, ProjectFolder Folder, IToolRun Run);
