using System.Diagnostics;
using System.Globalization;
using Autocoder.Tests.TestSupport.ScriptedAnthropic;

namespace Autocoder.Benchmarks.Engines;

/// <summary>How long until the first piece of an answer is there: what an engine needs by itself, and what a session of ours adds.</summary>
/// <remarks>The method is in <c>benchmarks/README.md</c>.</remarks>
internal static class FirstDeltaBenchmark
{
    private const int WarmUps = 10;
    private const int Prompts = 50;
    private const int PromptsPerConversation = 10;
    private const int Starts = 8;
    private const string Scenario = """{"fallback":{"betweenDeltasMs":10,"blocks":[{"type":"text","repeat":{"text":"piece {{i}} of it. ","count":8}}]}}""";

    public static async Task RunAsync(TextWriter output)
    {
        await output.WriteLineAsync(Machine.Description);
        await output.WriteLineAsync("case                                          samples  median ms   p95 ms");
        var body = await RecordBodyAsync();
        await using var server = await ModelServer.StartAsync(Scenario);
        await using var world = await EngineWorld.StartAsync(server.Address);
        await MeasureApiAsync(output, server, world, body);
        if (EngineWorld.ClaudeProgram is { } program)
        {
            await MeasureClaudeAsync(output, world, program);
        }
        else
        {
            await output.WriteLineAsync("Claude Code is not here: run ./test.sh once, or set AUTOCODER_CLAUDE.");
        }
    }

    // One of each in turn, so that whatever else the machine does meets both alike.
    private static async Task MeasureApiAsync(TextWriter output, ModelServer server, EngineWorld world, string body)
    {
        using var raw = new RawApi(server.Address);
        var (bare, ours) = (new List<double>(), new List<double>());
        EngineSession? session = null;
        for (var i = 0; i < WarmUps + Prompts; i++)
        {
            if (i % PromptsPerConversation == 0)
            {
                await (session?.DisposeAsync() ?? ValueTask.CompletedTask);
                session = await world.OpenAsync(EngineWorld.Api);
            }

            bare.Add(await raw.AskAsync(body));
            ours.Add(await session!.AskAsync($"Question {i}."));
        }

        await (session?.DisposeAsync() ?? ValueTask.CompletedTask);
        await WriteAsync(output, "Messages API", "raw HTTP, the same body", [.. bare.Skip(WarmUps)], [.. ours.Skip(WarmUps)]);
    }

    private static async Task MeasureClaudeAsync(TextWriter output, EngineWorld world, string program)
    {
        var (bare, ours) = (new List<double>(), new List<double>());
        for (var i = 0; i <= Starts; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await using (var claude = await BareClaude.StartAsync(world.Cli, program, world.ProjectFolder))
            {
                bare.Add(await claude.AskAsync("Begin.", started));
            }

            await using var session = await world.OpenAsync(EngineWorld.ClaudeCode);
            ours.Add(await session.AskAsync("Begin."));
            await EndAsync(world, session);
        }

        await WriteAsync(output, "Claude Code, first prompt", "bare program", [.. bare.Skip(1)], [.. ours.Skip(1)]);
        (bare, ours) = ([], []);
        await using var live = await BareClaude.StartAsync(world.Cli, program, world.ProjectFolder);
        await using var kept = await world.OpenAsync(EngineWorld.ClaudeCode);
        for (var i = 0; i < WarmUps + Prompts; i++)
        {
            bare.Add(await live.AskAsync($"Question {i}."));
            ours.Add(await kept.AskAsync($"Question {i}."));
        }

        await WriteAsync(output, "Claude Code, later prompts", "bare program", [.. bare.Skip(WarmUps)], [.. ours.Skip(WarmUps)]);
    }

    private static async Task EndAsync(EngineWorld world, EngineSession session)
    {
        var id = session.Session.ConversationId;
        if (world.LiveClis.Find(id) is { } cli)
        {
            await world.LiveClis.EndAsync(id, cli);
        }
    }

    // What our engine sends, to the letter, for the raw client to send.
    private static async Task<string> RecordBodyAsync()
    {
        await using var server = await ScriptedServer.StartAsync(Scenario);
        await using var world = await EngineWorld.StartAsync(server.Address.ToString().TrimEnd('/'));
        await using var session = await world.OpenAsync(EngineWorld.Api);
        await session.AskAsync("Question.");
        return server.Calls[^1].Text;
    }

    private static async Task WriteAsync(TextWriter output, string engine, string alone, List<double> bare, List<double> ours)
    {
        await output.WriteLineAsync(Line($"{engine}, {alone}", bare));
        await output.WriteLineAsync(Line($"{engine}, our session", ours));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  added by us: {At(ours, 0.5) - At(bare, 0.5):F1} ms of the median; ratio of medians {At(ours, 0.5) / At(bare, 0.5):F2}, of p95 {At(ours, 0.95) / At(bare, 0.95):F2}"));
    }

    private static string Line(string name, List<double> times) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-46} {times.Count,6} {At(times, 0.5),10:F1} {At(times, 0.95),8:F1}");

    private static double At(List<double> times, double share) => times.Order().ElementAt(Math.Min(times.Count - 1, (int)(times.Count * share)));
}
