using System.Runtime.CompilerServices;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Runs.Approvals;

/// <summary>
/// An engine that makes the calls a prompt names: <c>Write a.txt; Read a.txt</c> one after the other, with <c>&amp;</c> all at once.
/// <c>Agent coder Write a.txt</c> gives the rest to a sub-agent, <c>Ask</c> asks a question, <c>Tools</c> says which tools it has.
/// </summary>
internal static class CallingEngine
{
    public static FakeEngine Create() => new(RunAsync);

    private static async IAsyncEnumerable<EngineEvent> RunAsync(
        EngineRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // After a restart the results are in the messages already.
        var known = request.Messages[^1].Parts.OfType<ModelPart.ToolResult>().Select(result => result.Output).ToList();
        if (known.Count > 0)
        {
            yield return new EngineEvent.TextDelta($"After the restart: {string.Join(" | ", known)}");
            yield break;
        }

        yield return new EngineEvent.StepStarted();
        var outputs = await CallAllAsync(request.Messages[^1].PlainText, request.Tools, cancellationToken);
        yield return new EngineEvent.StepEnded("tool_use", TokenUsage.None);
        yield return new EngineEvent.TextDelta(string.Join(" | ", outputs));
    }

    private static async Task<IEnumerable<string>> CallAllAsync(string prompt, IToolExecutor tools, CancellationToken cancellationToken)
    {
        if (prompt.Contains('&', StringComparison.Ordinal))
        {
            return await Task.WhenAll(prompt.Split('&').Select((call, index) => CallAsync(call, index, tools, cancellationToken)));
        }

        var outputs = new List<string>();
        foreach (var call in prompt.Split(';'))
        {
            outputs.Add(await CallAsync(call, outputs.Count, tools, cancellationToken));
        }

        return outputs;
    }

    private static async Task<string> CallAsync(string call, int index, IToolExecutor tools, CancellationToken cancellationToken)
    {
        var words = call.Trim().Split(' ');
        object arguments = words[0] switch
        {
            "Tools" => new { },
            "Ask" => JsonDocument.Parse(
                """{"questions":[{"id":"q1","header":"Colour","question":"Which?","options":[{"id":"red","label":"Red"},{"id":"blue","label":"Blue"}]}]}""").RootElement,
            "Write" => new { path = words[1], content = "written" },
            "Agent" => new { agent = words[1], task = string.Join(' ', words[2..]) },
            _ => new { path = words[1] },
        };
        if (words[0] == "Tools")
        {
            return string.Join(',', tools.Definitions.Select(tool => tool.Name));
        }

        var name = words[0] == "Ask" ? "AskUser" : words[0];
        var result = await tools.ExecuteAsync(new ToolCall($"call-{index}", name, JsonSerializer.SerializeToElement(arguments)), cancellationToken);
        return result.Output;
    }
}
