using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Autocoder.Core.Conversations;

/// <summary>The read side: viewers pull by position; the doorbell only says that there may be something.</summary>
internal sealed class ConversationLog(
    IConversationStore store, ConversationStreams streams, Doorbells doorbells, TimeProvider clock) : IConversationLog
{
    public IDisposable Subscribe(Guid conversationId, Action ring) => doorbells.Subscribe(conversationId, ring);

    public async Task<LogPull> PullAsync(
        Guid conversationId, LogPosition position, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(position);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var stream = await streams.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var after = position.Cursor.Sequence;

        var (head, events, openTexts, openItems) = stream.Look(position, limit);
        if (position.Cursor.Epoch != stream.Epoch || after > head)
        {
            return new LogPull(new LogCursor(stream.Epoch, 0), [], [], [], head, Expired: true);
        }

        events ??= await store.ReadAsync(conversationId, after, head, limit, cancellationToken).ConfigureAwait(false);
        var reached = events.Count == 0 ? after : events[^1].Sequence;

        // An open text belongs to the head. Sent earlier, it could come before the event that opens its item.
        return new LogPull(new LogCursor(stream.Epoch, reached), events, reached == head ? openTexts : [], openItems, head);
    }

    public async IAsyncEnumerable<LogFrame> FollowAsync(
        Guid conversationId, LogCursor after, FollowOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        // Before the first read: a change between the two would otherwise ring for nobody.
        using var subscription = doorbells.Subscribe(conversationId, () => bell.Writer.TryWrite(true));
        var position = LogPosition.At(after);
        var isSynced = false;

        while (true)
        {
            var pull = await PullAsync(conversationId, position, options.PageSize, cancellationToken).ConfigureAwait(false);
            if (pull.Expired)
            {
                yield return new LogFrame.CursorExpired(pull.Cursor.Epoch);
                yield break;
            }

            foreach (var envelope in pull.Events)
            {
                yield return new LogFrame.Recorded(envelope);
            }

            if (!isSynced && !pull.HasMore)
            {
                isSynced = true;
                yield return new LogFrame.Synced(pull.Cursor);
            }

            foreach (var slice in pull.OpenTexts)
            {
                yield return new LogFrame.OpenText(slice);
            }

            position.Advance(pull);
            if (!pull.HasMore && !await RingsAsync(bell.Reader, options.Heartbeat, cancellationToken).ConfigureAwait(false))
            {
                yield return new LogFrame.Heartbeat(pull.Cursor);
            }
        }
    }

    public async Task<ConversationSnapshot> GetAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        var stream = await streams.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var state = stream.State;
        return new ConversationSnapshot(state, new LogCursor(stream.Epoch, state.HeadSequence));
    }

    public Task<IReadOnlyList<EventEnvelope>> ReadAsync(
        Guid conversationId, long after, int limit, CancellationToken cancellationToken) =>
        store.ReadAsync(conversationId, after, long.MaxValue, limit, cancellationToken);

    private async Task<bool> RingsAsync(ChannelReader<bool> bell, TimeSpan within, CancellationToken cancellationToken)
    {
        using var quiet = new CancellationTokenSource(within, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancellationToken);
        try
        {
            await bell.ReadAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
