using System.Runtime.CompilerServices;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>Plays a scenario. What it answers depends on the request alone, so a run can be resumed at any step.</summary>
/// <remarks>
/// The turn is the number of prompts so far; the step is the number of answers since the last prompt. A sub-agent of
/// scenario <c>demo</c> is asked for as <c>demo#explorer</c> and plays the scenario's agent of that name.
/// </remarks>
public sealed class ScriptedModelClient(ScenarioCatalog scenarios, TimeProvider clock) : IModelClient
{
    /// <summary>What is played when nobody names a scenario.</summary>
    public const string DefaultScenario = "demo";

    private static readonly ScenarioStep Over = new(
        "", "The scenario has no more turns.", ScenarioDelta.Default, TimeSpan.Zero, [], "end_turn", TokenUsage.None, null);

    private static readonly ScenarioStep Nothing = Over with { Text = "" };

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (name, agent) = Split(request.Variant);
        var scenario = await scenarios.GetAsync(name, cancellationToken).ConfigureAwait(false);
        var step = request.Position.Summary is { } number
            ? SummaryOf(scenario, number)
            : FindStep(TurnsOf(scenario, name, agent), request.Position);
        var input = scenario.Window is null ? 0 : TokenEstimate.Of(request);
        if (input > scenario.Window)
        {
            throw new EngineException(
                IContextSummarizer.ContextOverflow, $"The call has about {input} tokens, and the scenario's window only {scenario.Window}.");
        }

        for (var attempt = 1; step.Retry is { } retry && attempt <= retry.Times; attempt++)
        {
            yield return new ModelEvent.Retrying(attempt, retry.Delay, retry.Code, retry.Message);
            await WaitAsync(retry.Delay, cancellationToken).ConfigureAwait(false);
        }

        await WaitAsync(step.Delay, cancellationToken).ConfigureAwait(false);
        foreach (var piece in TextDeltas.BySize(step.Thinking, step.Delta.Size))
        {
            yield return new ModelEvent.ReasoningDelta(piece);
            await WaitAsync(step.Delta.Delay, cancellationToken).ConfigureAwait(false);
        }

        foreach (var piece in TextDeltas.BySize(step.Text, step.Delta.Size))
        {
            yield return new ModelEvent.TextDelta(piece);
            await WaitAsync(step.Delta.Delay, cancellationToken).ConfigureAwait(false);
        }

        if (step.Error is { } error)
        {
            throw new EngineException(error.Code, error.Message);
        }

        foreach (var call in step.Tools)
        {
            yield return new ModelEvent.ToolCallReady(call);
        }

        yield return new ModelEvent.Completed(step.Stop, UsageOf(step, input));
    }

    /// <inheritdoc/>
    public async Task<int?> GetContextWindowAsync(string? variant, CancellationToken cancellationToken) =>
        (await scenarios.GetAsync(Split(variant).Name, cancellationToken).ConfigureAwait(false)).Window;

    // A scenario with a window and no usage of its own reports what its calls really hold, so that the gauge means something.
    private static TokenUsage UsageOf(ScenarioStep step, long input) => step.Usage == TokenUsage.None && input > 0
        ? new TokenUsage(
            input, TokenEstimate.Of(step.Thinking) + TokenEstimate.Of(step.Text) + step.Tools.Sum(call =>
                TokenEstimate.Of(new ModelPart.ToolCall(call.CallId, call.Tool, call.Arguments))))
        : step.Usage;

    private static ScenarioStep SummaryOf(Scenario scenario, int number)
    {
        var summary = scenario.Summaries[Math.Clamp(number, 1, scenario.Summaries.Count) - 1];
        return Nothing with { Text = summary.Text, Stop = summary.Stop, Usage = summary.Usage, Error = summary.Error };
    }

    private static (string Name, string? Agent) Split(string? variant)
    {
        var parts = (variant ?? DefaultScenario).Split('#', 2);
        return (parts[0], parts.Length == 2 ? parts[1] : null);
    }

    private static IReadOnlyList<ScenarioTurn> TurnsOf(Scenario scenario, string name, string? agent)
    {
        if (agent is null)
        {
            return scenario.Turns;
        }

        return scenario.Agents.TryGetValue(agent, out var turns)
            ? turns
            : throw ScenarioParser.Invalid(name + ".json", "agents", $"an agent '{agent}'", "none of that name");
    }

    private static ScenarioStep FindStep(IReadOnlyList<ScenarioTurn> turns, ConversationPosition position)
    {
        var turn = position.Prompts - 1;
        if (turn >= turns.Count)
        {
            return Over;
        }

        // The last step may ask for tools; there is nothing to say about their results then.
        var steps = turns[Math.Max(turn, 0)].Steps;
        return position.Answers < steps.Count ? steps[position.Answers] : Nothing;
    }

    private Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, clock, cancellationToken) : Task.CompletedTask;
}
