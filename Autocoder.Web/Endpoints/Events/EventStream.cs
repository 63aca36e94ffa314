using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Web.Endpoints.Events;

/// <summary>Follows a conversation as server-sent events. It holds a position and one page of events, whoever reads or does not.</summary>
/// <remarks>
/// An event is pulled from the log only when the one before it has been written, so a client that stops reading costs its
/// place and nothing else. The time between handing out one item and being asked for the next is the time its write took.
/// </remarks>
internal sealed class EventStream(
    Func<LogCursor, CancellationToken, IAsyncEnumerable<LogFrame>> follow, TimeProvider clock, TimeSpan writeTimeout, Action cut)
{
    /// <summary>How many events are read at once.</summary>
    public const int PageSize = 64;

    /// <summary>When a browser comes back after its connection was lost.</summary>
    private static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(1);

    /// <summary>Gives the frames for ever; ends by cancellation, or when there is nothing to come.</summary>
    public async IAsyncEnumerable<SseItem<object>> ReadAsync(LogCursor after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = new WriteWatch(clock, writeTimeout, cut);
        await using var frames = follow(after, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var epoch = after.Epoch;
        while (await TryMoveAsync(frames))
        {
            watch.Start();
            yield return ToItem(frames.Current, epoch);
            watch.Stop();

            if (frames.Current is LogFrame.Recorded { Envelope.Event: ConversationDeleted })
            {
                yield break;
            }
        }
    }

    // Whatever ends it, the answer has begun: an end is all that can be said, and the client comes back to learn more.
    private static async ValueTask<bool> TryMoveAsync(IAsyncEnumerator<LogFrame> frames)
    {
        try
        {
            return await frames.MoveNextAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConversationNotFoundException)
        {
            return false;
        }
    }

    private static SseItem<object> ToItem(LogFrame frame, int epoch) => frame switch
    {
        LogFrame.Recorded recorded => new(EventView.Of(recorded.Envelope), "recorded")
        {
            EventId = new LogCursor(epoch, recorded.Envelope.Sequence).ToString(),
        },
        LogFrame.Synced synced => new(Head(synced.Head), "synced") { ReconnectionInterval = ComeBackAfter },

        // Without an id: a client that comes back gets the text from the start of its item again, never from the middle.
        LogFrame.OpenText open => new(new TextFrame(open.Slice.ItemId, open.Slice.Offset, open.Slice.Text), "text"),
        LogFrame.Heartbeat heartbeat => new(Head(heartbeat.Head), "heartbeat"),

        // With the id of the new start, so that a browser that comes back by itself comes back to the right place.
        LogFrame.CursorExpired expired => new(Expired(new LogCursor(expired.Epoch, 0)), "expired")
        {
            EventId = new LogCursor(expired.Epoch, 0).ToString(),
        },
        _ => throw new InvalidOperationException($"A frame {frame.GetType().Name} has no form for viewers over HTTP."),
    };

    private static HeadFrame Head(LogCursor head) => new(head.ToString(), head.Sequence);

    private static ExpiredFrame Expired(LogCursor restart) => new(
        restart.ToString(), "The history of this conversation was rewritten since. Forget what you have, and follow again from here.");
}
