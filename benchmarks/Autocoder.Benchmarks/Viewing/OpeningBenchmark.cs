using System.Diagnostics;
using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Benchmarks.Viewing;

/// <summary>How long the first page of a long conversation takes, after a restart and later, and what folding the whole log would take.</summary>
/// <remarks>The method is in <c>benchmarks/README.md</c>.</remarks>
internal static class OpeningBenchmark
{
    private const int FirstPage = 512;
    private const int Repeats = 15;
    private static readonly int[] Lengths = [1_000, 20_000];

    public static async Task RunAsync(TextWriter output)
    {
        await output.WriteLineAsync(Machine.Description);
        await output.WriteLineAsync("way                                    events    rows   median ms   worst ms");
        var medians = new Dictionary<(string Way, int Length), double>();
        foreach (var length in Lengths)
        {
            await using var log = await ProductLog.StartAsync();
            var id = await LongConversation.WriteAsync(log, length);
            foreach (var (way, isCold, open) in Ways())
            {
                var times = new List<double>();
                var rows = 0;
                for (var i = 0; i <= Repeats; i++)
                {
                    if (isCold)
                    {
                        await log.ForgetAsync();
                    }

                    var started = Stopwatch.GetTimestamp();
                    rows = (await open(log, id)).Items.Count;
                    times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }

                // The first one pays for the compiler; it is the worst that is shown, and no part of the median.
                medians[(way, length)] = times.Skip(1).Order().ElementAt(Repeats / 2);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{way,-36} {length,8:N0} {rows,7:N0} {medians[(way, length)],11:F1} {times.Max(),10:F1}"));
            }
        }

        await output.WriteLineAsync();
        foreach (var (way, _, _) in Ways())
        {
            var ratio = medians[(way, Lengths[^1])] / medians[(way, Lengths[0])];
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"ratio  20,000 events : 1,000 events, {way}: {ratio:F2}"));
        }

        var whole = medians[(Ways()[2].Name, Lengths[^1])] / medians[(Ways()[0].Name, Lengths[^1])];
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"ratio  20,000 events, folding the whole log : first page after a restart: {whole:F2}"));
    }

    private static (string Name, bool IsCold, Func<ProductLog, Guid, Task<Transcript>> Open)[] Ways() =>
    [
        ("first page, after a restart", true, OpenAsync),
        ("first page, conversation in memory", false, OpenAsync),
        ("folding the whole log", true, FoldAsync),
    ];

    private static async Task<Transcript> OpenAsync(ProductLog log, Guid id) =>
        new(await log.Log.OpenAsync(id, FirstPage, CancellationToken.None));

    private static async Task<Transcript> FoldAsync(ProductLog log, Guid id)
    {
        var (transcript, position) = (new Transcript(), new LogPosition());
        LogPull pull;
        do
        {
            pull = await log.Log.PullAsync(id, position, 512, CancellationToken.None);
            transcript.Apply(pull);
            position.Advance(pull);
        }
        while (pull.HasMore);
        return transcript;
    }
}
