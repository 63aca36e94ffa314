using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Benchmarks.Viewing;

/// <summary>Writes a conversation as weeks of work leave it: prompts, answers, tool calls with output.</summary>
internal static class LongConversation
{
    private const int CallsPerRun = 12;

    private static readonly string Answer = string.Concat(Enumerable.Repeat("An answer in **Markdown** with `code`. ", 10));
    private static readonly string Output = string.Concat(Enumerable.Repeat("src/App.cs:42: something that was found\n", 12));
    private static readonly JsonElement Arguments = JsonDocument.Parse("""{"path":"src/App.cs"}""").RootElement.Clone();

    /// <summary>Writes at least so many events; the last run has ended.</summary>
    public static async Task<Guid> WriteAsync(ProductLog log, int events)
    {
        var conversationId = Guid.CreateVersion7();
        await log.AppendAsync(conversationId, null, new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "benchmark"));
        for (var written = 1; written < events;)
        {
            var (runId, promptId) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            await log.AppendAsync(conversationId, null, new PromptAdmitted(promptId, $"Prompt at {written}: change what is there.", []));
            var run = RunOf(runId, promptId);
            await log.AppendAsync(conversationId, runId, run);
            written += 1 + run.Length;
        }

        return conversationId;
    }

    private static ConversationEvent[] RunOf(Guid runId, Guid promptId)
    {
        List<ConversationEvent> run = [new RunStarted(runId, promptId, "coder", 1, "benchmark"), new PromptDelivered(promptId)];
        for (var call = 0; call < CallsPerRun; call++)
        {
            var (stepId, itemId) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            run.AddRange(
            [
                new StepStarted(stepId, call + 1),
                new TextStarted(itemId),
                new TextCompleted(itemId, Answer),
                new ToolCallRequested($"call-{call}", "Read", "Read src/App.cs", Arguments, ToolEffect.ReadOnly),
                new ToolCallStarted($"call-{call}"),
                new ToolCallEnded($"call-{call}", ToolCallStatus.Completed, Output, 12),
                new StepEnded(stepId, "tool_use", new TokenUsage(1000, 100)),
            ]);
        }

        run.Add(new RunEnded(RunOutcome.Completed, new TokenUsage(12_000, 1_200), 60_000, CallsPerRun, 0));
        return [.. run];
    }
}
