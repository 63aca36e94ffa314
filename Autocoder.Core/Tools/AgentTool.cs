using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools;

/// <summary>Gives a task to another agent and waits for what it says.</summary>
public sealed class AgentTool() : Tool(
    "Agent",
    "Gives a task to a sub-agent that works in a conversation of its own, and returns its last message. It knows nothing of this "
    + "conversation: say everything it needs in the task.",
    new ToolSchema()
        .Text("agent", "Which agent, by its name.", 64, minLength: 1)
        .Text("task", "What it is to do, and what it is to report.", 20_000, minLength: 1),
    ToolEffect.SideEffect)
{
    private protected override string TitleOf(ToolArguments arguments) =>
        $"Ask {arguments.Text("agent")}: {arguments.Text("task")}";

    private protected override async Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var result = await context.Run.RunSubAgentAsync(
            context.CallId, arguments.Text("agent"), arguments.Text("task"), cancellationToken).ConfigureAwait(false);
        if (result.Outcome is RunOutcome.Completed)
        {
            return new ToolResult(result.Summary);
        }

        var last = string.IsNullOrWhiteSpace(result.Summary) ? "It left no message." : $"Its last message:\n\n{result.Summary}";
        return ToolResult.Failure($"The sub-agent did not finish its task ({result.Outcome}). {last}");
    }
}
