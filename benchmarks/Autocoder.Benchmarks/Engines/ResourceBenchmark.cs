using System.Diagnostics;
using System.Globalization;

namespace Autocoder.Benchmarks.Engines;

/// <summary>What a session of each engine costs in processor time and memory, one alone and several at once.</summary>
/// <remarks>The method is in <c>benchmarks/README.md</c>.</remarks>
internal static class ResourceBenchmark
{
    private const int Prompts = 5;
    private const double Megabyte = 1024 * 1024;
    private static readonly int[] Counts = [1, 5];
    private const string Scenario = """{"fallback":{"betweenDeltasMs":2,"blocks":[{"type":"text","repeat":{"text":"piece {{i}} of it. ","count":200}}]}}""";

    public static async Task RunAsync(TextWriter output)
    {
        if (!OperatingSystem.IsLinux())
        {
            await output.WriteLineAsync("This benchmark reads /proc and runs on Linux only.");
            return;
        }

        await output.WriteLineAsync(Machine.Description);
        await output.WriteLineAsync("                        per session:  our CPU s  our heap MB | its CPU s   its RSS MB   its PSS MB");
        foreach (var engine in EngineWorld.ClaudeProgram is null ? [EngineWorld.Api] : new[] { EngineWorld.Api, EngineWorld.ClaudeCode })
        {
            foreach (var count in Counts)
            {
                await using var server = await ModelServer.StartAsync(Scenario);
                await using var world = await EngineWorld.StartAsync(server.Address);

                // Pays for the compiler and the first use of everything.
                await MeasureAsync(TextWriter.Null, world, engine, count: 2);
                await MeasureAsync(output, world, engine, count);
            }
        }

        using var self = Process.GetCurrentProcess();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"our process at the end: {self.WorkingSet64 / Megabyte:F0} MB in memory"));
    }

    private static async Task MeasureAsync(TextWriter output, EngineWorld world, string engine, int count)
    {
        using var self = Process.GetCurrentProcess();
        var (heap, cpu) = (GC.GetTotalMemory(forceFullCollection: true), self.TotalProcessorTime);
        var sessions = new List<EngineSession>();
        for (var i = 0; i < count; i++)
        {
            sessions.Add(await world.OpenAsync(engine));
        }

        await Task.WhenAll(sessions.Select(WorkAsync));
        self.Refresh();
        var ourCpu = (self.TotalProcessorTime - cpu).TotalSeconds / count;
        var ourHeap = (GC.GetTotalMemory(forceFullCollection: true) - heap) / Megabyte / count;
        var its = sessions.Select(session => world.LiveClis.Find(session.Session.ConversationId)).Where(cli => cli is not null)
            .Aggregate(new ProcessFigures(0, 0, 0), (sum, cli) => sum.Plus(ProcessFigures.OfTree(cli!.ProcessId)));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{engine,-12} {count} at once {"",13} {ourCpu,10:F2} {ourHeap,12:F2} | {its.CpuSeconds / count,9:F2} {its.ResidentBytes / Megabyte / count,12:F0} {its.ProportionalBytes / Megabyte / count,12:F0}"));
        foreach (var session in sessions)
        {
            await session.DisposeAsync();
        }
    }

    private static async Task WorkAsync(EngineSession session)
    {
        for (var i = 0; i < Prompts; i++)
        {
            await session.AskAsync($"Question {i}.");
        }
    }
}
