using System.Runtime.CompilerServices;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Loop;

/// <summary>Our own agent loop: call the model, run the tools it asks for, give it the results, until the run is over.</summary>
/// <remarks>
/// Keeps nothing of a run in fields. What each call is shown, and when the run is over, is the run's decision
/// (<see cref="IRunSteps"/>), so a run that goes on after a restart simply asks for its next step.
/// </remarks>
public sealed class LoopEngine(EngineDescription description, IModelClient model, TimeProvider clock) : IAgentEngine
{
    public EngineDescription Description { get; } = description;

    public async IAsyncEnumerable<EngineEvent> RunAsync(
        EngineRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        var callIds = new CallIds(request.TakenCallIds);
        var summarizer = await ModelSummarizer.CreateAsync(model, request, cancellationToken).ConfigureAwait(false);
        StepReport? last = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var decision = await request.Steps.NextAsync(last, summarizer, cancellationToken).ConfigureAwait(false);
            if (decision is StepDecision.End { Outcome: not RunOutcome.Completed } end)
            {
                yield return new EngineEvent.Finished(end.Outcome);
            }

            if (decision is not StepDecision.Call call)
            {
                yield break;
            }

            yield return new EngineEvent.StepStarted();
            var answer = new ModelAnswer(callIds);
            var calledAt = clock.GetTimestamp();
            TimeSpan? firstToken = null;
            var stream = model.StreamAsync(ToModelRequest(request, call), cancellationToken);
            await foreach (var piece in OverflowAsAnswer.Of(stream, cancellationToken).ConfigureAwait(false))
            {
                firstToken ??= clock.GetElapsedTime(calledAt);
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
            var results = isRefusal ? [] : await UseToolsAsync(request.Tools, call.Tools, answer.ToolCalls, cancellationToken).ConfigureAwait(false);
            yield return new EngineEvent.StepEnded(
                completed.StopReason, completed.Usage, completed.Model, (long?)firstToken?.TotalMilliseconds, summarizer.ContextWindow);
            if (isRefusal)
            {
                yield return new EngineEvent.Finished(RunOutcome.Refused);
                yield break;
            }

            if (completed.StopReason == "max_tokens" && results.Count == 0)
            {
                yield return new EngineEvent.Warning(
                    "answer_too_long", "The answer reached the model's length limit and ends early. Ask it to go on.");
            }

            last = new StepReport(completed.StopReason, answer.Parts, results)
            {
                Overflowed = completed.StopReason == IContextSummarizer.ContextOverflow,
            };
        }
    }

    private static ModelRequest ToModelRequest(EngineRequest request, StepDecision.Call call) => new(
        request.Surface, call.Profile, request.Variant, request.ProjectName, call.Instructions, call.Messages, call.Tools, call.Position);

    // The results are in the order of the calls, whatever the order in which they arrive.
    private static async Task<IReadOnlyList<ModelPart>> UseToolsAsync(
        IToolExecutor tools, IReadOnlyList<ToolDefinition> offered, IReadOnlyList<ToolCall> calls, CancellationToken cancellationToken) =>
        AreAllReadOnly(offered, calls)
            ? await Task.WhenAll(calls.Select(call => UseToolAsync(tools, call, cancellationToken))).ConfigureAwait(false)
            : await UseOneByOneAsync(tools, calls, cancellationToken).ConfigureAwait(false);

    // A tool nobody knows runs alone, so that an odd answer never changes the order of what has effects.
    private static bool AreAllReadOnly(IReadOnlyList<ToolDefinition> offered, IReadOnlyList<ToolCall> calls) => calls.All(
        call => offered.Any(tool => tool.Name == call.Tool && tool.Effect is ToolEffect.ReadOnly));

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
        return new ModelPart.ToolResult(call.CallId, result.Output, result.Succeeded, result.Picture);
    }

    private static EngineException Cut() => new(
        "model_stream_cut",
        "The model's answer broke off before its end. What had arrived is kept. Send the prompt again to try once more.");
}
