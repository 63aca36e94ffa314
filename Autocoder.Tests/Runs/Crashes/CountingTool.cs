using System.Collections.Concurrent;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Runs.Crashes;

/// <summary>The world outside: what tools did to it stays done, whatever becomes of the process or its disk.</summary>
internal sealed class OutsideWorld
{
    /// <summary>Every execution, by conversation and call.</summary>
    public ConcurrentQueue<(Guid ConversationId, string CallId)> Executions { get; } = [];

    /// <summary>Executions whose start was not on disk, or whose end was.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];
}

/// <summary>A tool that does nothing but leave its trace, and looks at the disk while it does.</summary>
internal sealed class CountingTool(string name, ToolEffect effect, OutsideWorld outside, FaultyStore power, IConversationStore disk) : ITool
{
    public ToolDefinition Definition { get; } = new(name, "Leaves a trace.", new ToolSchema().Build(), effect);

    public string Describe(JsonElement arguments) => "Leave a trace";

    public async Task<ToolResult> ExecuteAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken)
    {
        await power.WhileAliveAsync(async () =>
        {
            outside.Executions.Enqueue((context.ConversationId, context.CallId));
            var log = await disk.ReadAsync(context.ConversationId, 0, long.MaxValue, int.MaxValue, CancellationToken.None);
            var events = log.Select(envelope => envelope.Event).ToList();
            if (!events.OfType<ToolCallStarted>().Any(call => call.CallId == context.CallId)
                || events.OfType<ToolCallEnded>().Any(call => call.CallId == context.CallId))
            {
                outside.Violations.Enqueue($"{name} {context.CallId} ran outside its start and end (I12).");
            }
        });
        return new ToolResult("A trace was left.", ChangedFile: effect is ToolEffect.ReadOnly ? null : $"{context.CallId}.txt");
    }
}
