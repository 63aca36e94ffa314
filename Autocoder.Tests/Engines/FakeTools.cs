using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Engines;

/// <summary>Tools that do what a test says, and write down when each began and ended.</summary>
internal sealed class FakeTools : IToolExecutor
{
    private readonly Lock _lock = new();
    private readonly List<string> _journal = [];

    public IReadOnlyList<ToolDefinition> Definitions { get; } =
    [
        Definition("Look", ToolEffect.ReadOnly), Definition("Peek", ToolEffect.ReadOnly), Definition("Change", ToolEffect.SideEffect),
    ];

    /// <summary>What a call does; by default it answers at once.</summary>
    public Func<ToolCall, CancellationToken, Task<ToolResult>> Work { get; set; } =
        (call, _) => Task.FromResult(new ToolResult($"{call.CallId} done"));

    public IReadOnlyList<string> Journal
    {
        get
        {
            lock (_lock)
            {
                return [.. _journal];
            }
        }
    }

    public void Note(string text)
    {
        lock (_lock)
        {
            _journal.Add(text);
        }
    }

    public async Task<ToolResult> ExecuteAsync(ToolCall toolCall, CancellationToken cancellationToken)
    {
        Note($"{toolCall.CallId} begins");
        if (Definitions.All(tool => tool.Name != toolCall.Tool))
        {
            return ToolResult.Failure($"There is no tool {toolCall.Tool}.");
        }

        var result = await Work(toolCall, cancellationToken);
        Note($"{toolCall.CallId} ends");
        return result;
    }

    public Task<ToolResult> ExecuteElsewhereAsync(
        ToolCall toolCall, Func<CancellationToken, Task<ToolResult>> work, CancellationToken cancellationToken) => work(cancellationToken);

    private static ToolDefinition Definition(string name, ToolEffect effect) =>
        new(name, name, JsonSerializer.SerializeToElement(new { type = "object" }), effect);
}
