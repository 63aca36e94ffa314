namespace Autocoder.Core.Tools;

/// <summary>The tools of one run, and the only way an engine can use them.</summary>
public interface IToolExecutor
{
    /// <summary>The tools this run may use.</summary>
    IReadOnlyList<ToolDefinition> Definitions { get; }

    /// <summary>Checks, records, executes and records again. Never throws for what the call asks or does.</summary>
    /// <remarks>The start is committed before the tool touches anything.</remarks>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    Task<ToolResult> ExecuteAsync(ToolCall toolCall, CancellationToken cancellationToken);
}
