using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>Turns the JSON of one scenario file into a <see cref="Scenario"/>, field by field.</summary>
internal sealed class ScenarioFileReader(string fileName)
{
    private const int MaxTextLength = 16 * 1024 * 1024;
    private const int MaxDelayMs = 600_000;
    private const int MinWindow = 1_000;
    private const int MaxRetries = 10;
    private static readonly string[] StopReasons = ["end_turn", "tool_use", "max_tokens", "refusal"];

    public Scenario Read(JsonElement root)
    {
        var file = new ScenarioNode(fileName, "the top of the file", root);
        file.OnlyFields("name", "description", "window", "summary", "turns", "agents");
        var turns = Turns(file.Required("turns"));
        var agents = new Dictionary<string, IReadOnlyList<ScenarioTurn>>(StringComparer.Ordinal);
        foreach (var (name, agent) in file.Optional("agents")?.Fields() ?? [])
        {
            agent.OnlyFields("turns");
            agents.Add(name, Turns(agent.Required("turns")));
        }

        return new Scenario(
            file.Required("name").Text(), file.Optional("description")?.Text() ?? "", turns, agents)
        {
            Window = file.Optional("window")?.Number(MinWindow, int.MaxValue),
            Summaries = file.Optional("summary") is { } summary ? Summaries(summary) : [ScenarioSummary.Default],
        };
    }

    private static List<ScenarioSummary> Summaries(ScenarioNode node)
    {
        var summaries = (node.IsList ? node.Items() : [node]).Select(Summary).ToList();
        return summaries.Count > 0 ? summaries : throw node.Wrong("at least one summary", "an empty list");
    }

    private static ScenarioSummary Summary(ScenarioNode node)
    {
        if (node.IsText)
        {
            return new ScenarioSummary(node.Text(), "end_turn", TokenUsage.None, Error: null);
        }

        node.OnlyFields("text", "stop", "usage", "error");
        return new ScenarioSummary(
            node.Optional("text")?.Text() ?? "",
            node.Optional("stop")?.OneOf(StopReasons) ?? "end_turn",
            Usage(node.Optional("usage")),
            Error(node.Optional("error")));
    }

    private static List<ScenarioTurn> Turns(ScenarioNode node)
    {
        var turns = node.Items().Select(Turn).ToList();
        return turns.Count > 0 ? turns : throw node.Wrong("at least one turn", "an empty list");
    }

    private static ScenarioTurn Turn(ScenarioNode node, int turnIndex)
    {
        node.OnlyFields("steps");
        var steps = node.Required("steps");
        var callIds = new HashSet<string>(StringComparer.Ordinal);
        var read = steps.Items().Select((step, index) => Step(step, $"call-{turnIndex + 1}-{index + 1}", callIds)).ToList();
        return read.Count > 0 ? new ScenarioTurn(read) : throw steps.Wrong("at least one step", "an empty list");
    }

    private static ScenarioStep Step(ScenarioNode node, string callIdPrefix, HashSet<string> callIds)
    {
        node.OnlyFields("thinking", "text", "repeat", "delta", "delay_ms", "tools", "stop", "usage", "error", "retry");
        var tools = node.Optional("tools")?.Items()
            .Select((tool, index) => Tool(tool, $"{callIdPrefix}-{index + 1}", callIds)).ToList() ?? [];
        return new ScenarioStep(
            node.Optional("thinking")?.Text() ?? "",
            Text(node),
            Delta(node.Optional("delta")),
            Milliseconds(node.Optional("delay_ms")),
            tools,
            node.Optional("stop")?.OneOf(StopReasons) ?? (tools.Count > 0 ? "tool_use" : "end_turn"),
            Usage(node.Optional("usage")),
            Error(node.Optional("error")),
            Retry(node.Optional("retry")));
    }

    private static string Text(ScenarioNode step)
    {
        var text = step.Optional("text")?.Text() ?? "";
        if (step.Optional("repeat") is not { } repeat)
        {
            return text;
        }

        var times = repeat.Number(1, MaxTextLength);
        return (long)text.Length * times <= MaxTextLength
            ? string.Concat(Enumerable.Repeat(text, times))
            : throw repeat.Wrong($"a text of at most {MaxTextLength:N0} characters with its repetitions", $"{times:N0} times {text.Length:N0}");
    }

    private static ScenarioDelta Delta(ScenarioNode? node)
    {
        if (node is null)
        {
            return ScenarioDelta.Default;
        }

        node.OnlyFields("size", "delay_ms");
        var delay = node.Optional("delay_ms");
        return new ScenarioDelta(
            node.Optional("size")?.Number(1, 1_000_000) ?? ScenarioDelta.Default.Size,
            delay is null ? ScenarioDelta.Default.Delay : Milliseconds(delay));
    }

    private static ToolCall Tool(ScenarioNode node, string defaultId, HashSet<string> callIds)
    {
        node.OnlyFields("id", "tool", "arguments");
        var id = node.Optional("id")?.Name() ?? defaultId;
        if (!callIds.Add(id))
        {
            throw node.Wrong("an id that its turn has once", $"'{id}' again");
        }

        return new ToolCall(id, node.Required("tool").Name(), node.Optional("arguments")?.Object() ?? ScenarioNode.EmptyObject);
    }

    private static TokenUsage Usage(ScenarioNode? node)
    {
        if (node is null)
        {
            return TokenUsage.None;
        }

        node.OnlyFields("input", "output", "cache_read", "cache_write");
        return new TokenUsage(Tokens("input"), Tokens("output"), Tokens("cache_read"), Tokens("cache_write"));

        long Tokens(string field) => node.Optional(field)?.Number(0, int.MaxValue) ?? 0;
    }

    private static ScenarioError? Error(ScenarioNode? node)
    {
        node?.OnlyFields("code", "message");
        return node is null ? null : new ScenarioError(node.Required("code").Name(), node.Required("message").Text());
    }

    private static ScenarioRetry? Retry(ScenarioNode? node)
    {
        node?.OnlyFields("times", "delay_ms", "code", "message");
        return node is null ? null : new ScenarioRetry(
            node.Optional("times")?.Number(1, MaxRetries) ?? 1,
            Milliseconds(node.Required("delay_ms")),
            node.Optional("code")?.Name() ?? "overloaded",
            node.Required("message").Text());
    }

    private static TimeSpan Milliseconds(ScenarioNode? node) =>
        node is null ? TimeSpan.Zero : TimeSpan.FromMilliseconds(node.Number(0, MaxDelayMs));
}
