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

    /// <summary>
    /// The same road for a call that the engine's own program carries out: checked, recorded and decided as our tool of the same
    /// meaning; only the work itself is done elsewhere.
    /// </summary>
    /// <param name="toolCall">In the words of our tool.</param>
    /// <param name="work">Does it. Called at most once, after the start was committed, and never when the call is refused.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    Task<ToolResult> ExecuteElsewhereAsync(
        ToolCall toolCall, Func<CancellationToken, Task<ToolResult>> work, CancellationToken cancellationToken);
}
