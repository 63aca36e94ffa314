using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Runs.Crashes;

/// <summary>What an agent says and asks for, step by step; its sub-agents play scripts of their own.</summary>
/// <param name="Steps">One model call each.</param>
internal sealed record CrashScript(IReadOnlyList<CrashStep> Steps)
{
    /// <summary>Makes a script of numbers, with sub-agents as deep as asked for.</summary>
    public static CrashScript From(IReadOnlyList<int> numbers, int depth) =>
        new([.. numbers.Select((number, index) => StepFrom(number, index, depth))]);

    public override string ToString() => string.Join(" | ", Steps);

    private static CrashStep StepFrom(int number, int index, int depth)
    {
        string Id(int call) => $"d{depth}s{index}c{call}";
        CrashCall[] calls = (number % 7) switch
        {
            0 => [],
            1 => [new(Id(0), "Read"), new(Id(1), "Grep"), new(Id(2), "Read")],
            2 => [new(Id(0), "Write"), new(Id(1), "Write")],
            3 => [new(Id(0), "Read"), new(Id(1), "Write"), new(Id(2), "Nothing")],
            4 => [new(Id(0), "AskUser")],
            5 => [new(Id(0), "AskUser"), new(Id(1), "AskUser")],
            _ when depth == 0 => [new(Id(0), "Write")],
            _ => [new(Id(0), "Agent", From([number / 7, number / 49], depth - 1)), new(Id(1), "Write")],
        };
        return new CrashStep($"Step {index} says ", calls);
    }
}

internal sealed record CrashStep(string Text, IReadOnlyList<CrashCall> Calls)
{
    public override string ToString() => string.Join('+', Calls);
}

/// <param name="Child">What the sub-agent plays; null for every other tool.</param>
internal sealed record CrashCall(string CallId, string Tool, CrashScript? Child = null)
{
    public override string ToString() => Child is null ? Tool : $"Agent({Child})";
}

/// <summary>Plays scripts. Which step is next depends on the log alone, as with a real model.</summary>
internal sealed class CrashModel : IModelClient
{
    private static readonly JsonElement Questions = JsonDocument.Parse(
        """{"questions":[{"id":"q1","header":"Colour","question":"Which?","options":[{"id":"red","label":"Red"},{"id":"blue","label":"Blue"}]}]}""")
        .RootElement.Clone();

    private readonly Dictionary<string, CrashScript> _scripts = [];

    public CrashModel(CrashScript script) => Add("root", script);

    /// <summary>The prompt that plays the whole script.</summary>
    public static string Prompt => "root";

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var prompt = request.Messages.Last(message => message.IsPrompt).PlainText;
        var steps = _scripts.TryGetValue(prompt, out var script) ? script.Steps : [];
        var step = request.Position.Answers < steps.Count ? steps[request.Position.Answers] : new CrashStep("All is done ", []);
        foreach (var word in (string[])[step.Text, "a ", "few ", "words."])
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ModelEvent.TextDelta(word);
            await Task.Yield();
        }

        foreach (var call in step.Calls)
        {
            yield return new ModelEvent.ToolCallReady(new ToolCall(call.CallId, call.Tool, ArgumentsOf(call)));
        }

        yield return new ModelEvent.Completed(step.Calls.Count > 0 ? "tool_use" : "end_turn", new TokenUsage(10, 5));
    }

    private static JsonElement ArgumentsOf(CrashCall call) => call switch
    {
        { Tool: "AskUser" } => Questions,
        { Child: not null } => JsonSerializer.SerializeToElement(new { agent = "helper", task = call.CallId }),
        _ => JsonSerializer.SerializeToElement(new { }),
    };

    private void Add(string prompt, CrashScript script)
    {
        _scripts[prompt] = script;
        foreach (var call in script.Steps.SelectMany(step => step.Calls).Where(call => call.Child is not null))
        {
            Add(call.CallId, call.Child!);
        }
    }
}
