using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Loop;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.TestSupport;

/// <summary>A model that answers each call as a test says, behind the real loop. Keeps what it was shown.</summary>
internal sealed class AnsweringModel(Func<ModelRequest, int, Task<IReadOnlyList<ModelEvent>>> answer) : IModelClient
{
    private readonly Lock _gate = new();
    private readonly List<ModelRequest> _requests = [];

    public AnsweringModel(Func<ModelRequest, int, IReadOnlyList<ModelEvent>> answer)
        : this((request, call) => Task.FromResult(answer(request, call)))
    {
    }

    /// <summary>What it was shown, call by call.</summary>
    public IReadOnlyList<ModelRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public IAgentEngine Engine => new LoopEngine(new EngineDescription("fake", "Fake", "For tests.", UsesModel: true), this, TimeProvider.System);

    /// <summary>Waits until it was called so many times.</summary>
    public async Task WaitForCallsAsync(int calls)
    {
        var limit = DateTime.UtcNow.AddSeconds(20);
        while (Requests.Count < calls)
        {
            Assert.True(DateTime.UtcNow < limit, $"The model was called {Requests.Count} times instead of {calls}.");
            await Task.Delay(10);
        }
    }

    public static IReadOnlyList<ModelEvent> Say(string text, TokenUsage? usage = null) =>
        [new ModelEvent.TextDelta(text), new ModelEvent.Completed("end_turn", usage ?? TokenUsage.None)];

    public static IReadOnlyList<ModelEvent> Use(string tool, object arguments, TokenUsage? usage = null) =>
    [
        new ModelEvent.ToolCallReady(new ToolCall(Guid.NewGuid().ToString("N"), tool, JsonSerializer.SerializeToElement(arguments))),
        new ModelEvent.Completed("tool_use", usage ?? TokenUsage.None),
    ];

    /// <summary>A call that only looks, and never twice the same.</summary>
    public static IReadOnlyList<ModelEvent> Look(int call, TokenUsage? usage = null) => Use("Glob", new { pattern = $"*.{call}" }, usage);

    public async IAsyncEnumerable<ModelEvent> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int call;
        lock (_gate)
        {
            _requests.Add(request);
            call = _requests.Count;
        }

        foreach (var piece in await answer(request, call).WaitAsync(cancellationToken))
        {
            yield return piece;
        }
    }
}
