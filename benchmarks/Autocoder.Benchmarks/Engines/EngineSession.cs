using System.Diagnostics;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Sessions;

namespace Autocoder.Benchmarks.Engines;

/// <summary>A session and its one follower, who notes when the first piece of an answer is there.</summary>
internal sealed class EngineSession : IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly Task _following;
    private volatile Exchange _current = new();

    public EngineSession(AgentSession session)
    {
        Session = session;
        _following = FollowAsync();
    }

    public AgentSession Session { get; }

    /// <summary>Sends a prompt and waits for the end of its run.</summary>
    /// <returns>Milliseconds from sending it to the moment at which the follower has the first piece of the answer.</returns>
    public async Task<double> AskAsync(string text)
    {
        var exchange = new Exchange();
        _current = exchange;
        var sent = Stopwatch.GetTimestamp();
        await Session.SendAsync(Guid.CreateVersion7(), text, [], CancellationToken.None);
        var outcome = await exchange.Ended.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return outcome is RunOutcome.Completed
            ? Stopwatch.GetElapsedTime(sent, await exchange.First.Task).TotalMilliseconds
            : throw new InvalidOperationException($"A run ended as {outcome}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
    }

    private async Task FollowAsync()
    {
        await foreach (var frame in Session.FollowAsync(LogCursor.Start, FollowOptions.Default, _gone.Token))
        {
            switch (frame)
            {
                case LogFrame.OpenText { Slice.Text.Length: > 0 } or LogFrame.Recorded { Envelope.Event: TextCompleted }:
                    _current.First.TrySetResult(Stopwatch.GetTimestamp());
                    break;
                case LogFrame.Recorded { Envelope.Event: RunEnded ended }:
                    _current.Ended.TrySetResult(ended.Outcome);
                    break;
            }
        }
    }

    private sealed class Exchange
    {
        public TaskCompletionSource<long> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<RunOutcome> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
