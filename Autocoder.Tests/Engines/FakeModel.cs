using System.Runtime.CompilerServices;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Engines;

/// <summary>A model whose answers a test writes down; each call takes the next one. Keeps what it was asked.</summary>
internal sealed class FakeModel(params IReadOnlyList<ModelEvent>[] answers) : IModelClient
{
    private int _next;

    public List<ModelRequest> Requests { get; } = [];

    public static ModelEvent Text(string text) => new ModelEvent.TextDelta(text);

    public static ModelEvent Thought(string text) => new ModelEvent.ReasoningDelta(text);

    public static ModelEvent Call(string id, string tool) =>
        new ModelEvent.ToolCallReady(new ToolCall(id, tool, System.Text.Json.JsonSerializer.SerializeToElement(new { id })));

    public static ModelEvent Done(string stop = "end_turn") => new ModelEvent.Completed(stop, new TokenUsage(Input: 10, Output: 1));

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Requests.Add(request);
        foreach (var piece in answers[_next++])
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return piece;
        }
    }
}
