using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Benchmarks.Viewing;

/// <summary>What one more viewer costs in memory, for several numbers of viewers and lengths of the conversation.</summary>
/// <remarks>The method is in <c>benchmarks/README.md</c>.</remarks>
internal static class ViewerMemoryBenchmark
{
    private const int FirstPage = 512;
    private static readonly int[] Lengths = [1_000, 20_000];
    private static readonly int[] Counts = [10, 100, 1000];

    public static async Task RunAsync(TextWriter output)
    {
        await output.WriteLineAsync(Machine.Description);
        await output.WriteLineAsync("viewer                                 events   viewers   bytes a viewer");
        foreach (var length in Lengths)
        {
            await using var log = await ProductLog.StartAsync();
            var id = await LongConversation.WriteAsync(log, length);
            await MeasureAsync(log, id, 10, FollowAsync);
            await MeasureAsync(log, id, 10, OpenAsync);
            foreach (var count in Counts)
            {
                Write(output, "follows, has read 1,000 events", length, count, await MeasureAsync(log, id, count, FollowAsync));
            }

            foreach (var count in Counts)
            {
                Write(output, $"page, opened with {FirstPage} events", length, count, await MeasureAsync(log, id, count, OpenAsync));
            }
        }
    }

    private static void Write(TextWriter output, string viewer, int length, int count, long bytes) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{viewer,-36} {length,8:N0} {count,9:N0} {bytes,16:N0}"));

    private static async Task<long> MeasureAsync(ProductLog log, Guid id, int count, Func<ProductLog, Guid, Task<IAsyncDisposable>> view)
    {
        var viewers = new List<IAsyncDisposable>(count);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++)
        {
            viewers.Add(await view(log, id));
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var viewer in viewers)
        {
            await viewer.DisposeAsync();
        }

        return (after - before) / count;
    }

    private static async Task<IAsyncDisposable> FollowAsync(ProductLog log, Guid id)
    {
        var gone = new CancellationTokenSource();
        var head = (await log.Log.GetAsync(id, CancellationToken.None)).Cursor;
        var from = head with { Sequence = Math.Max(0, head.Sequence - Lengths[0]) };
        var frames = log.Log.FollowAsync(id, from, FollowOptions.Default, gone.Token).GetAsyncEnumerator(gone.Token);
        while (await frames.MoveNextAsync() && frames.Current is not LogFrame.Synced)
        {
        }

        // Waits now for what comes next, as a viewer does nearly all of its time.
        return new Following(frames, frames.MoveNextAsync().AsTask(), gone);
    }

    private static async Task<IAsyncDisposable> OpenAsync(ProductLog log, Guid id)
    {
        var opening = await log.Log.OpenAsync(id, FirstPage, CancellationToken.None);
        return new Page(new Transcript(opening), opening.ToPosition(), log.Log.Subscribe(id, () => { }));
    }

    private sealed class Following(IAsyncEnumerator<LogFrame> frames, Task waiting, CancellationTokenSource gone) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await gone.CancelAsync();
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await frames.DisposeAsync();
            gone.Dispose();
        }
    }

    private sealed class Page(Transcript transcript, LogPosition position, IDisposable subscription) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            subscription.Dispose();
            GC.KeepAlive(transcript);
            GC.KeepAlive(position);
            return ValueTask.CompletedTask;
        }
    }
}
