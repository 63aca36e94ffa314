using System.Diagnostics;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Benchmarks.Streaming;

/// <summary>Follow the conversation and note when each delta is first seen.</summary>
internal sealed class Viewers : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly long[] _added;
    private readonly long[][] _seen;
    private readonly TaskCompletionSource[] _ready;
    private readonly Task[] _following;

    public Viewers(BenchmarkLog log, int count, int deltas, long[] added)
    {
        _added = added;
        _seen = [.. Enumerable.Range(0, count).Select(_ => new long[deltas])];
        _ready = [.. Enumerable.Range(0, count).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        _following = [.. Enumerable.Range(0, count).Select(viewer => Task.Run(() => FollowAsync(log, viewer)))];
    }

    public Task ReadyAsync() => Task.WhenAll(_ready.Select(ready => ready.Task));

    public Task DoneAsync() => Task.WhenAll(_following);

    /// <summary>Milliseconds from handing a delta in to seeing it, over all viewers, smallest first.</summary>
    public double[] Latencies() =>
        [.. _seen.SelectMany(seen => seen.Zip(_added, (at, from) => Stopwatch.GetElapsedTime(from, at).TotalMilliseconds)).Order()];

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task FollowAsync(BenchmarkLog log, int viewer)
    {
        var seen = _seen[viewer];
        var deltas = 0;
        await foreach (var frame in log.Log.FollowAsync(log.ConversationId, LogCursor.Start, FollowOptions.Default, _gone.Token))
        {
            var length = frame switch
            {
                LogFrame.OpenText open => open.Slice.Offset + open.Slice.Text.Length,
                LogFrame.Recorded { Envelope.Event: TextCompleted completed } => completed.Text.Length,
                _ => 0,
            };
            for (var now = Stopwatch.GetTimestamp(); deltas < length / BenchmarkLog.DeltaLength; deltas++)
            {
                seen[deltas] = now;
            }

            if (frame is LogFrame.Synced)
            {
                _ready[viewer].TrySetResult();
            }

            if (deltas == seen.Length)
            {
                return;
            }
        }
    }
}
