using System.Runtime.CompilerServices;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Loop;

/// <summary>Our own agent loop: call the model, run the tools it asks for, give it the results, until it asks for none.</summary>
/// <remarks>
/// Keeps nothing of a run in fields. A request whose messages end with tool results is a run that goes on: the model is
/// simply called with them.
/// </remarks>
public sealed class LoopEngine(EngineDescription description, IModelClient model) : IAgentEngine
{
    public EngineDescription Description { get; } = description;

    public async IAsyncEnumerable<EngineEvent> RunAsync(
        EngineRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        var messages = request.Messages.ToList();
        var callIds = new CallIds(messages);
        for (var step = 0; step < request.Profile.MaxSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new EngineEvent.StepStarted();

            var answer = new ModelAnswer(callIds);
            var stream = model.StreamAsync(ToModelRequest(request, messages), cancellationToken);
            await foreach (var piece in stream.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                foreach (var engineEvent in answer.Add(piece))
                {
                    yield return engineEvent;
                }

                if (answer.Completed is not null)
                {
                    break;
                }
            }

            var completed = answer.Completed ?? throw Cut();
            var isRefusal = completed.StopReason == "refusal";
            messages.AddRange(await UseToolsAsync(request.Tools, answer, isRefusal, cancellationToken).ConfigureAwait(false));
            yield return new EngineEvent.StepEnded(completed.StopReason, completed.Usage);

            if (isRefusal)
            {
                yield return new EngineEvent.Finished(RunOutcome.Refused);
                yield break;
            }

            if (answer.ToolCalls.Count == 0)
            {
                if (completed.StopReason == "max_tokens")
                {
                    yield return new EngineEvent.Warning(
                        "answer_too_long", "The answer reached the model's length limit and ends early. Ask it to go on.");
                }

                yield break;
            }
        }

        yield return new EngineEvent.Finished(RunOutcome.MaxSteps);
    }

    private static ModelRequest ToModelRequest(EngineRequest request, List<ModelMessage> messages) =>
        // A copy: the client may still look at it while the list grows.
        new(request.Surface, request.Profile, request.Variant, request.ProjectName, [.. messages], request.Tools.Definitions);

    /// <summary>The messages to append: the answer, then the results in the order of the calls.</summary>
    private static async Task<IReadOnlyList<ModelMessage>> UseToolsAsync(
        IToolExecutor tools, ModelAnswer answer, bool isRefusal, CancellationToken cancellationToken)
    {
        if (isRefusal || answer.Parts.Count == 0)
        {
            return [];
        }

        var assistant = new ModelMessage(ModelRole.Assistant, answer.Parts);
        if (answer.ToolCalls.Count == 0)
        {
            return [assistant];
        }

        var results = AreAllReadOnly(tools, answer.ToolCalls)
            ? await Task.WhenAll(answer.ToolCalls.Select(call => UseToolAsync(tools, call, cancellationToken))).ConfigureAwait(false)
            : await UseOneByOneAsync(tools, answer.ToolCalls, cancellationToken).ConfigureAwait(false);
        return [assistant, new ModelMessage(ModelRole.User, results)];
    }

    // A tool nobody knows runs alone, so that an odd answer never changes the order of what has effects.
    private static bool AreAllReadOnly(IToolExecutor tools, IReadOnlyList<ToolCall> calls) => calls.All(
        call => tools.Definitions.Any(tool => tool.Name == call.Tool && tool.Effect is ToolEffect.ReadOnly));

    private static async Task<ModelPart[]> UseOneByOneAsync(
        IToolExecutor tools, IReadOnlyList<ToolCall> calls, CancellationToken cancellationToken)
    {
        var results = new ModelPart[calls.Count];
        for (var index = 0; index < calls.Count; index++)
        {
            results[index] = await UseToolAsync(tools, calls[index], cancellationToken).ConfigureAwait(false);
        }

        return results;
    }

    private static async Task<ModelPart> UseToolAsync(IToolExecutor tools, ToolCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = await tools.ExecuteAsync(call, cancellationToken).ConfigureAwait(false);
        return new ModelPart.ToolResult(call.CallId, result.Output, result.Succeeded);
    }

    private static EngineException Cut() => new(
        "model_stream_cut",
        "The model's answer broke off before its end. What had arrived is kept. Send the prompt again to try once more.");
}
