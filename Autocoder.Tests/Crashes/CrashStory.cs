using System.Text.Json;

namespace Autocoder.Tests.Crashes;

/// <summary>
/// What the agent of one conversation does, written down in advance as a scenario: a short answer and a long piece of work by
/// turns. Every command leaves a line of its own in a file of the project, so that one that ran twice is seen.
/// </summary>
internal static class CrashStory
{
    /// <summary>Where commands leave their lines, in the project folder.</summary>
    public const string TraceFile = "trace.log";

    /// <summary>How many prompts one conversation answers.</summary>
    public const int Turns = 16;

    /// <summary>The server's settings: commands are allowed, but those that begin with <c>: guarded</c> are asked for.</summary>
    public static readonly string[] Permissions =
    [
        "--Autocoder:Permissions:Rules:0:Tool=Bash", "--Autocoder:Permissions:Rules:0:Effect=Allow",
        "--Autocoder:Permissions:Rules:1:Tool=Bash", "--Autocoder:Permissions:Rules:1:Resource=: guarded**", "--Autocoder:Permissions:Rules:1:Effect=Ask",
    ];

    /// <summary>Whether a prompt, counted from 0, gets a short answer without any tools.</summary>
    public static bool IsShort(int prompt) => prompt % 2 == 0;

    /// <summary>The id of the line a command leaves; null for any other text.</summary>
    public static string? TraceOf(string command)
    {
        var parts = command.Split('\'');
        return parts.Length == 3 && parts[2].Contains(TraceFile, StringComparison.Ordinal) ? parts[1] : null;
    }

    /// <summary>Writes the scenario of a conversation.</summary>
    /// <param name="name">Of the scenario; no other conversation has it, and its commands carry it.</param>
    public static string Write(string name, Random random)
    {
        var agents = new Dictionary<string, object>();
        var turns = Enumerable.Range(0, Turns)
            .Select(turn => new { steps = IsShort(turn) ? [Says($"I am here, for the {turn}. time.", 400, 0)] : Work($"{name}-{turn}", random, agents) })
            .ToList();
        return JsonSerializer.Serialize(new { name, description = "Killed again and again.", turns, agents });
    }

    private static object[] Work(string id, Random random, Dictionary<string, object> agents) =>
    [
        .. Enumerable.Range(0, random.Next(2, 6)).Select(step => Step($"{id}-{step}", random, agents)),
        Says($"{id} is done. {Words(random.Next(20, 60))}", 16, 4),
    ];

    private static object Step(string id, Random random, Dictionary<string, object> agents) => random.Next(8) switch
    {
        0 => new
        {
            thinking = $"{id} thinks. {Words(15)}",
            text = $"{id} talks. {Words(40)}",
            delta = new { size = random.Next(3, 40), delay_ms = random.Next(1, 8) },
            tools = new[] { Call("Glob", new { pattern = "**/*" }), Call("Read", new { path = TraceFile }), Call("Grep", new { pattern = id }) },
        },
        1 => Acts(id, Leaves(id)),
        2 => Acts(id, Leaves(id, "; sleep 0.15; echo late")),
        3 => Acts(id, Leaves(id + "a"), Leaves(id + "b", "; sleep 0.02"), Leaves(id + "c")),
        4 => Acts(id, Leaves(id, guard: ": guarded; ")),
        5 => Acts(id, Call("AskUser", new { questions = new[] { Question(id) } })),
        6 => Acts(id, Leaves(id + "a", guard: ": guarded; "), Call("AskUser", new { questions = new[] { Question(id) } }), Leaves(id + "b")),
        _ => Delegates(id, random, agents),
    };

    private static object Delegates(string id, Random random, Dictionary<string, object> agents)
    {
        object[] steps =
        [
            Acts($"{id}-sub", Leaves(id + "-suba")),
            Acts($"{id}-sub", Leaves(id + "-subb", guard: random.Next(2) == 0 ? ": guarded; " : "")),
            Says($"The sub-agent of {id} reports.", 10, 2),
        ];
        agents[$"helper-{id}"] = new { turns = new[] { new { steps } } };
        return Acts(id, Call("Agent", new { agent = $"helper-{id}", task = $"Do {id}." }), Leaves(id));
    }

    private static object Says(string text, int size, int delay) => new { text, delta = new { size, delay_ms = delay } };

    private static object Acts(string id, params object[] tools) =>
        new { text = $"{id} acts. {Words(8)}", delta = new { size = 10, delay_ms = 3 }, tools };

    private static object Leaves(string id, string then = "", string guard = "") =>
        Call("Bash", new { command = $"{guard}echo '{id}' >> {TraceFile}{then}" });

    private static object Call(string tool, object arguments) => new { tool, arguments };

    private static object Question(string id) => new
    {
        id = "q1",
        header = "Colour",
        question = $"Which one for {id}?",
        options = new[] { new { id = "red", label = "Red" }, new { id = "blue", label = "Blue" } },
    };

    // Each word once, with a character outside the first plane now and then: what is lost or doubled shows.
    private static string Words(int count) =>
        string.Join(' ', Enumerable.Range(1, count).Select(number => number % 7 == 0 ? $"wort{number}🦊" : $"word{number}"));
}
