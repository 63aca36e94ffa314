using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Autocoder.Core.Engines;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Runs.Parity;

/// <summary>Something an engine said or did, as it left the engine.</summary>
/// <param name="Kind"><c>text</c>, <c>thought</c>, or the name of a tool.</param>
/// <param name="Said">The text, or the arguments of a call.</param>
/// <param name="CameBack">What the tool answered; empty for texts.</param>
/// <param name="IsWhole">Whether the text was not broken off, or the tool succeeded.</param>
internal sealed record Overheard(string Kind, string Said, string CameBack, bool IsWhole);

/// <summary>Everything engines said, by conversation.</summary>
internal sealed class Eavesdropper
{
    private readonly ConcurrentDictionary<Guid, List<Overheard>> _said = [];

    /// <summary>What the engine of a conversation said and did so far, in order.</summary>
    public IReadOnlyList<Overheard> In(Guid conversationId) => Of(conversationId);

    internal List<Overheard> Of(Guid conversationId) => _said.GetOrAdd(conversationId, _ => []);
}

/// <summary>A real engine, with somebody between it and the run who writes down what passes.</summary>
internal sealed class OverheardEngine(IAgentEngine engine, Eavesdropper ear) : IAgentEngine
{
    public EngineDescription Description => engine.Description;

    public async IAsyncEnumerable<EngineEvent> RunAsync(EngineRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var said = ear.Of(request.ConversationId);
        await foreach (var next in engine.RunAsync(request with { Tools = new OverheardTools(request.Tools, said) }, cancellationToken))
        {
            lock (said)
            {
                WriteDown(said, next);
            }

            yield return next;
        }
    }

    private static void WriteDown(List<Overheard> said, EngineEvent next)
    {
        switch (next)
        {
            case EngineEvent.TextDelta delta:
                Grow(said, "text", delta.Text);
                break;
            case EngineEvent.ReasoningDelta delta:
                Grow(said, "thought", delta.Text);
                break;
            case EngineEvent.TextEnded or EngineEvent.ReasoningEnded:
                said[^1] = said[^1] with { IsWhole = true };
                break;
        }
    }

    private static void Grow(List<Overheard> said, string kind, string text)
    {
        if (said.LastOrDefault() is { IsWhole: false } open && open.Kind == kind)
        {
            said[^1] = open with { Said = open.Said + text };
        }
        else
        {
            said.Add(new Overheard(kind, text, "", IsWhole: false));
        }
    }

    private sealed class OverheardTools(IToolExecutor tools, List<Overheard> said) : IToolExecutor
    {
        public IReadOnlyList<ToolDefinition> Definitions => tools.Definitions;

        public async Task<ToolResult> ExecuteAsync(ToolCall toolCall, CancellationToken cancellationToken)
        {
            var result = await tools.ExecuteAsync(toolCall, cancellationToken);
            lock (said)
            {
                said.Add(new Overheard($"{toolCall.Tool} {toolCall.CallId}", toolCall.Arguments.GetRawText(), result.Output, result.Succeeded));
            }

            return result;
        }

        public Task<ToolResult> ExecuteElsewhereAsync(
            ToolCall toolCall, Func<CancellationToken, Task<ToolResult>> work, CancellationToken cancellationToken) =>
            tools.ExecuteElsewhereAsync(toolCall, work, cancellationToken);
    }
}
