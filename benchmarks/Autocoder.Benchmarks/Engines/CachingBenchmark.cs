using System.Globalization;
using System.Text.Json.Nodes;
using Autocoder.Tests.TestSupport.ScriptedAnthropic;

namespace Autocoder.Benchmarks.Engines;

/// <summary>How many input tokens a conversation of ten turns sends again, and how many of them our cache marks cover.</summary>
/// <remarks>The method is in <c>benchmarks/README.md</c>.</remarks>
internal static class CachingBenchmark
{
    private const int Turns = 10;
    private const int LinesPerFile = 120;

    public static async Task RunAsync(TextWriter output)
    {
        await output.WriteLineAsync(Machine.Description);
        foreach (var engine in EngineWorld.ClaudeProgram is null ? [EngineWorld.Api] : new[] { EngineWorld.Api, EngineWorld.ClaudeCode })
        {
            await MeasureAsync(output, engine);
        }
    }

    private static async Task MeasureAsync(TextWriter output, string engine)
    {
        await using var server = await ScriptedServer.StartAsync(ScenarioFor(engine));
        await using var world = await EngineWorld.StartAsync(server.Address.ToString().TrimEnd('/'));
        server.With("cwd", world.ProjectFolder);
        await WriteFilesAsync(world.ProjectFolder);
        await using var session = await world.OpenAsync(engine);
        var (cache, shares, seen) = (new PromptCache(), new List<PromptShare>(), 0);
        await output.WriteLineAsync($"{engine,-12} calls       sent   from cache      written     in full   paid : sent");
        for (var turn = 1; turn <= Turns; turn++)
        {
            await session.AskAsync($"Question {turn}: what is in src/File{turn}.cs, and what would you change in it?");
            var calls = server.Calls.Skip(seen).ToList();
            seen += calls.Count;
            var ofTurn = calls.Select(call => cache.Take(call.Body)).ToList();
            shares.AddRange(ofTurn);
            await output.WriteLineAsync(Line($"turn {turn}", ofTurn));
        }

        await output.WriteLineAsync(Line("all", shares));
        await output.WriteLineAsync();
    }

    private static string Line(string name, List<PromptShare> shares) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-12} {shares.Count,5} {shares.Sum(share => share.All),10:N0} {shares.Sum(share => share.Read),12:N0} {shares.Sum(share => share.Written),12:N0} {shares.Sum(share => share.Full),11:N0} {shares.Sum(share => share.Paid) / shares.Sum(share => share.All),13:F2}");

    // In each turn the model reads one file and then answers at some length.
    private static string ScenarioFor(string engine)
    {
        var turns = new JsonArray();
        for (var turn = 1; turn <= Turns; turn++)
        {
            var input = engine == EngineWorld.ClaudeCode
                ? new JsonObject { ["file_path"] = $"{{{{cwd}}}}/src/File{turn}.cs" }
                : new JsonObject { ["path"] = $"src/File{turn}.cs" };
            turns.Add(new JsonObject { ["blocks"] = new JsonArray(new JsonObject { ["type"] = "tool_use", ["id"] = $"toolu_read_{turn}", ["name"] = "Read", ["input"] = input }) });
            turns.Add(new JsonObject
            {
                ["blocks"] = new JsonArray(new JsonObject
                {
                    ["type"] = "text",
                    ["repeat"] = new JsonObject { ["text"] = $"In answer {turn}, sentence {{{{i}}}} says something about the file. ", ["count"] = 30 },
                }),
            });
        }

        return new JsonObject { ["turns"] = turns }.ToJsonString();
    }

    private static async Task WriteFilesAsync(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "src"));
        for (var file = 1; file <= Turns; file++)
        {
            var lines = Enumerable.Range(1, LinesPerFile).Select(line => $"    public int Value{line} {{ get; init; }} = {file * line}; // a line of file {file}");
            await File.WriteAllLinesAsync(Path.Combine(folder, "src", $"File{file}.cs"), lines);
        }
    }
}
