using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Autocoder.Core.Conversations;

/// <summary>The read side: viewers pull by position; a hint only says that there may be something.</summary>
internal sealed class ConversationLog(
    IConversationStore store, ConversationStreams streams, IWakeBus wakeBus, TimeProvider clock) : IConversationLog
{
    public IDisposable Subscribe(Guid conversationId, Action ring) => wakeBus.Subscribe(conversationId, ring);

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
        using var subscription = wakeBus.Subscribe(conversationId, () => bell.Writer.TryWrite(true));
        var position = LogPosition.At(after);
        var (isSynced, wasQuiet) = (false, false);

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

            if (wasQuiet && pull.IsEmpty)
            {
                yield return new LogFrame.Heartbeat(pull.Cursor);
            }

            position.Advance(pull);
            wasQuiet = !pull.HasMore && !await RingsAsync(bell.Reader, options.Heartbeat, cancellationToken).ConfigureAwait(false);
            if (wasQuiet)
            {
                // No hint is not no news: hints may be lost, and those of another owner do not come here at all.
                await RefreshAsync(conversationId, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task<ConversationMoment> GetAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        var stream = await streams.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var state = stream.State;
        return new ConversationMoment(state, new LogCursor(stream.Epoch, state.HeadSequence));
    }

    public Task<IReadOnlyList<EventEnvelope>> ReadAsync(
        Guid conversationId, long after, int limit, CancellationToken cancellationToken) =>
        store.ReadAsync(conversationId, after, long.MaxValue, limit, cancellationToken);

    public Task RefreshAsync(Guid conversationId, CancellationToken cancellationToken) =>
        streams.RefreshAsync(conversationId, cancellationToken);

    public async Task<LogOpening> OpenAsync(Guid conversationId, int tail, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tail);
        var stream = await streams.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var (snapshot, events, openTexts, openItems) = stream.LookAtEnd(tail);

        // Events never change, so a tail that is read later still belongs to the same moment.
        events ??= await store.ReadAsync(
            conversationId, Math.Max(0, snapshot.Sequence - tail), snapshot.Sequence, tail, cancellationToken).ConfigureAwait(false);
        var page = await PageAsync(conversationId, events, cancellationToken).ConfigureAwait(false);
        var older = snapshot.Header.OpenItems.Values.SelectMany(sequences => sequences).Where(sequence => sequence < page.From).ToList();
        var pinned = older.Count == 0 ? [] : await store.ReadAtAsync(conversationId, older, cancellationToken).ConfigureAwait(false);
        return new LogOpening(
            new LogCursor(stream.Epoch, snapshot.Sequence), snapshot.Header, page, pinned, openTexts, openItems);
    }

    public async Task<LogPage> ReadEarlierAsync(Guid conversationId, long before, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var through = before - 1;
        var events = await store.ReadAsync(
            conversationId, Math.Max(0, through - count), through, count, cancellationToken).ConfigureAwait(false);
        return await PageAsync(conversationId, events, cancellationToken).ConfigureAwait(false);
    }

    public async Task<LogPage> ReadStretchAsync(Guid conversationId, long from, long through, CancellationToken cancellationToken)
    {
        var first = Math.Max(1, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, through);
        var events = await store.ReadAsync(
            conversationId, first - 1, through, (int)Math.Min(int.MaxValue, through - first + 1), cancellationToken).ConfigureAwait(false);
        return await ShowableAsync(conversationId, events, cancellationToken).ConfigureAwait(false);
    }

    private Task<LogPage> PageAsync(Guid conversationId, IReadOnlyList<EventEnvelope> events, CancellationToken cancellationToken) =>
        ShowableAsync(conversationId, PageStart.Trim(events), cancellationToken);

    private async Task<LogPage> ShowableAsync(Guid conversationId, IReadOnlyList<EventEnvelope> kept, CancellationToken cancellationToken)
    {
        var from = kept.Count == 0 ? 1 : kept[0].Sequence;
        var missing = PageStart.PromptsFromBefore(kept);
        var prompts = missing.Count == 0 ? []
            : await store.ReadPromptsAsync(conversationId, missing, from, cancellationToken).ConfigureAwait(false);
        return new LogPage(from, kept, prompts);
    }

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
