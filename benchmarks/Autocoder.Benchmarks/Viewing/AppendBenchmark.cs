using System.Diagnostics;
using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Benchmarks.Viewing;

/// <summary>How long one append takes while nobody looks, and while many do, one of which never reads.</summary>
/// <remarks>The method is in <c>benchmarks/README.md</c>.</remarks>
internal static class AppendBenchmark
{
    private const int Appends = 500;
    private const int Before = 4;
    private const int Rounds = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private static readonly Case[] Cases =
        [new("nobody looks", 0, 0), new("1 viewer", 1, 0), new("100 viewers", 100, 0), new("100, one of them stuck", 99, 1)];

    public static async Task RunAsync(TextWriter output)
    {
        await output.WriteLineAsync(Machine.Description);
        await output.WriteLineAsync("case                             p50 ms   p99 ms   max ms   p50 : nobody   p99 : nobody");
        foreach (var pause in new[] { Pause, TimeSpan.Zero })
        {
            await output.WriteLineAsync(pause > TimeSpan.Zero ? "100 appends a second" : "one after the other");

            // One case after the other within a round, so that what else the machine does meets them alike. The first round only warms up.
            var rounds = new List<double[][]>();
            for (var round = 0; round <= Rounds; round++)
            {
                var results = new double[Cases.Length][];
                for (var i = 0; i < Cases.Length; i++)
                {
                    results[i] = await MeasureAsync(Cases[i], round == 0 ? TimeSpan.Zero : pause);
                }

                rounds.Add(results);
            }

            var best = rounds.Skip(1).MinBy(results => results.Sum(latencies => Percentile(latencies, 0.99)))!;
            for (var i = 0; i < Cases.Length; i++)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {Cases[i].Name,-28} {Percentile(best[i], 0.5),8:F2} {Percentile(best[i], 0.99),8:F2} {best[i][^1],8:F2} {Percentile(best[i], 0.5) / Percentile(best[0], 0.5),14:F2} {Percentile(best[i], 0.99) / Percentile(best[0], 0.99),14:F2}"));
            }
        }
    }

    private static double Percentile(double[] latencies, double share) => latencies[(int)(share * (latencies.Length - 1))];

    private static async Task<double[]> MeasureAsync(Case @case, TimeSpan pause)
    {
        await using var log = await ProductLog.StartAsync();
        var (id, runId, promptId) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await log.AppendAsync(
            id, null, new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "benchmark"), new PromptAdmitted(promptId, "go", []));
        await log.AppendAsync(id, runId, new RunStarted(runId, promptId, "coder", 1, "benchmark"), new PromptDelivered(promptId));
        using var gone = new CancellationTokenSource();
        var stuck = log.Log.FollowAsync(id, LogCursor.Start, FollowOptions.Default, gone.Token).GetAsyncEnumerator(gone.Token);
        if (@case.Stuck > 0)
        {
            // Takes one frame, and never asks for another.
            await stuck.MoveNextAsync();
        }

        var reading = Enumerable.Range(0, @case.Reading).Select(_ => Task.Run(() => ReadAsync(log.Log, id, Before + Appends, gone.Token))).ToList();
        await Task.Delay(50);
        var latencies = new double[Appends];
        for (var i = 0; i < Appends; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await log.AppendAsync(id, runId, new WarningRaised("benchmark", "Something that is worth a hundred characters or so, as most of what is appended is."));
            latencies[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            await Task.Delay(pause);
        }

        await Task.WhenAll(reading);
        await gone.CancelAsync();
        await stuck.DisposeAsync();
        return [.. latencies.Order()];
    }

    private static async Task ReadAsync(IConversationLog log, Guid id, long through, CancellationToken cancellationToken)
    {
        await foreach (var frame in log.FollowAsync(id, LogCursor.Start, FollowOptions.Default, cancellationToken))
        {
            if (frame is LogFrame.Recorded recorded && recorded.Envelope.Sequence == through)
            {
                return;
            }
        }
    }

    private sealed record Case(string Name, int Reading, int Stuck);
}
