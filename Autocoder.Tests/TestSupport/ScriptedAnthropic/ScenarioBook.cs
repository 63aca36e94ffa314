using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Autocoder.Tests.TestSupport.ScriptedAnthropic;

/// <summary>A scenario, and how often each of its failures was played.</summary>
internal sealed class ScenarioBook(JsonNode scenario)
{
    private static readonly JsonNode Done = JsonNode.Parse("""{"blocks":[{"type":"text","text":"Done."}]}""")!;

    private readonly ConcurrentDictionary<string, int> _failed = new();

    /// <summary>The values of placeholders.</summary>
    public ConcurrentDictionary<string, string> Values { get; } = new();

    /// <summary>The only key that is accepted; null for any.</summary>
    public string? RequiredKey => (string?)scenario["requireApiKey"];

    /// <summary>Reads a scenario: JSON, or the name of one of the files beside this one.</summary>
    public static ScenarioBook Read(string scenario) => new(JsonNode.Parse(
        scenario.TrimStart().StartsWith('{')
            ? scenario
            : File.ReadAllText(Repository.PathOf("Autocoder.Tests", "TestSupport", "ScriptedAnthropic", "Scenarios", $"{scenario}.json")))!);

    /// <summary>The names of the files.</summary>
    public static IEnumerable<string> Names => Directory
        .GetFiles(Repository.PathOf("Autocoder.Tests", "TestSupport", "ScriptedAnthropic", "Scenarios"), "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file)!)
        .Order(StringComparer.Ordinal);

    /// <summary>The first route that matches, else the turn with the number of the assistant's messages, else the fallback.</summary>
    public (string Key, JsonNode Turn) Choose(RequestFacts facts)
    {
        var routes = scenario["routes"]?.AsArray() ?? [];
        for (var index = 0; index < routes.Count; index++)
        {
            if (Matches(routes[index]!["match"]?.AsObject() ?? [], facts))
            {
                return ($"route:{index}", WithDefaults(routes[index]!["turn"]!));
            }
        }

        var turns = scenario["turns"]?.AsArray() ?? [];
        return facts.AssistantTurns < turns.Count
            ? ($"turn:{facts.AssistantTurns}", WithDefaults(turns[facts.AssistantTurns]!))
            : ("fallback", WithDefaults(scenario["fallback"] ?? Done));
    }

    /// <summary>The failure a turn plays now; null when it succeeds.</summary>
    public JsonNode? NextFailure(string key, JsonNode turn) =>
        turn["fail"] is { } failure && ((int?)failure["times"] is not { } times || _failed.AddOrUpdate(key, 1, (_, count) => count + 1) <= times)
            ? failure
            : null;

    private JsonObject WithDefaults(JsonNode turn)
    {
        var whole = scenario["defaults"]?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in turn.AsObject())
        {
            whole[name] = value?.DeepClone();
        }

        return whole;
    }

    private static bool Matches(JsonObject match, RequestFacts facts) => match.All(condition => condition.Key switch
    {
        "assistantTurns" => (int)condition.Value! == facts.AssistantTurns,
        "firstUserText" => IsMatch(condition.Value, facts.FirstUserText),
        "lastUserText" => IsMatch(condition.Value, facts.LastUserText),
        "toolResult" => facts.HasToolResult && IsMatch(condition.Value, facts.ToolResult),
        "hasToolResult" => (bool)condition.Value! == facts.HasToolResult,
        "system" => IsMatch(condition.Value, facts.System),
        "model" => IsMatch(condition.Value, facts.Model),
        "hasTools" => (bool)condition.Value! == (facts.Tools.Count > 0),
        "tool" => facts.Tools.Contains((string)condition.Value!),
        _ => throw new InvalidOperationException($"A scenario cannot match on {condition.Key}."),
    });

    private static bool IsMatch(JsonNode? pattern, string value) =>
        Regex.IsMatch(value, (string)pattern!, RegexOptions.Singleline, TimeSpan.FromSeconds(1));
}
