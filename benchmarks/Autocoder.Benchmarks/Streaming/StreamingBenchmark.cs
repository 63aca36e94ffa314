using System.Diagnostics;
using System.Globalization;

namespace Autocoder.Benchmarks.Streaming;

/// <summary>Forwards 5,000 deltas from a writer, through the log on a real SQLite file, to 1 and to 20 viewers.</summary>
/// <remarks>The method is in <c>benchmarks/README.md</c>.</remarks>
internal static class StreamingBenchmark
{
    private const int Deltas = 5000;
    private const int Repeats = 3;
    private const int WarmUps = 40;
    private static readonly int[] ViewerCounts = [1, 20];

    public static async Task RunAsync(TextWriter output)
    {
        await output.WriteLineAsync(Machine.Description);
        await output.WriteLineAsync("case                        viewers   deltas/s   p50 ms   p99 ms   max ms   commits   alloc B/delta");

        // The first runs pay for the compiler, in its several tiers; they are not shown.
        for (var i = 0; i < WarmUps; i++)
        {
            await MeasureAsync(new Case("warm-up", ViewerCounts[i % ViewerCounts.Length], Pace.Flat, Coalesced: true));
        }

        var results = new List<Result>();
        foreach (var viewers in ViewerCounts)
        {
            results.Add(await MedianAsync(new Case("as fast as it can", viewers, Pace.Flat, Coalesced: true)));
            results.Add(await MedianAsync(new Case("1,000 deltas a second", viewers, Pace.Thousand, Coalesced: true)));
            results.Add(await MedianAsync(new Case("one commit a delta", viewers, Pace.Flat, Coalesced: false)));
        }

        foreach (var result in results)
        {
            await output.WriteLineAsync(result.ToString());
        }

        await output.WriteLineAsync();
        Ratio(output, "20 viewers : 1 viewer, time of 5,000 deltas", results[3].Seconds / results[0].Seconds);
        Ratio(output, "20 viewers : 1 viewer, p99 latency at 1,000/s", results[4].Percentile(0.99) / results[1].Percentile(0.99));
        Ratio(output, "one commit a delta : shared commits, time, 1 viewer", results[2].Seconds / results[0].Seconds);
        Ratio(output, "one commit a delta : shared commits, time, 20 viewers", results[5].Seconds / results[3].Seconds);
    }

    private static void Ratio(TextWriter output, string what, double value) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio  {what}: {value:F2}"));

    private static async Task<Result> MedianAsync(Case @case)
    {
        var results = new List<Result>();
        for (var i = 0; i < Repeats; i++)
        {
            results.Add(await MeasureAsync(@case));
        }

        return results.OrderBy(result => result.Seconds).ElementAt(Repeats / 2);
    }

    private static async Task<Result> MeasureAsync(Case @case)
    {
        await using var log = await BenchmarkLog.StartAsync();
        var added = new long[Deltas];
        using var viewers = new Viewers(log, @case.Viewers, Deltas, added);
        await viewers.ReadyAsync();

        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        await log.WriteAsync(added, @case.Pace is Pace.Thousand ? 1000 : null, @case.Coalesced);
        await viewers.DoneAsync();
        watch.Stop();
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;

        return new Result(@case, watch.Elapsed.TotalSeconds, viewers.Latencies(), log.Commits, allocated / Deltas);
    }

    private enum Pace
    {
        Flat,
        Thousand,
    }

    private sealed record Case(string Name, int Viewers, Pace Pace, bool Coalesced);

    private sealed record Result(Case Case, double Seconds, double[] Latencies, int Commits, long AllocatedPerDelta)
    {
        public double Percentile(double share) => Latencies[(int)(share * (Latencies.Length - 1))];

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Case.Name,-26} {Case.Viewers,8} {Deltas / Seconds,10:N0} {Percentile(0.5),8:F1} {Percentile(0.99),8:F1} {Latencies[^1],8:F1} {Commits,9:N0} {AllocatedPerDelta,15:N0}");
    }
}
