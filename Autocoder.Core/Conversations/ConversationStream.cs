using System.Text;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations;

/// <summary>A conversation in memory: its state, its newest events and its open texts. The database has all of it.</summary>
/// <remarks>The committer's loop is the only writer; viewers read under the lock, and never anything uncommitted.</remarks>
internal sealed class ConversationStream
{
    private readonly Lock _gate = new();
    private readonly EventRing _ring;
    private readonly Dictionary<Guid, StringBuilder> _openTexts = [];
    private ConversationSnapshot _snapshot;
    private StoredHead _head;

    public ConversationStream(Guid conversationId, StoredConversation? stored, RingLimits limits)
    {
        _ring = new EventRing(limits);
        ConversationId = conversationId;
        _head = stored?.Head ?? StoredHead.None;
        _snapshot = stored?.Snapshot ?? ConversationSnapshot.Empty;
        foreach (var open in stored?.OpenTexts ?? [])
        {
            _openTexts[open.ItemId] = new StringBuilder(open.Text);
        }
    }

    public Guid ConversationId { get; }

    public int Epoch => Head.Epoch;

    public ConversationState State => Snapshot.State;

    public ConversationSnapshot Snapshot
    {
        get
        {
            lock (_gate)
            {
                return _snapshot;
            }
        }
    }

    /// <summary>The state of the store that this is.</summary>
    public StoredHead Head
    {
        get
        {
            lock (_gate)
            {
                return _head;
            }
        }
    }

    /// <summary>What is in memory now: events, and bytes of their stored form.</summary>
    public (int Events, int Bytes) Cached
    {
        get
        {
            lock (_gate)
            {
                return (_ring.Count, _ring.Bytes);
            }
        }
    }

    /// <summary>Takes over what was committed.</summary>
    public void Publish(ConversationSnapshot after, IReadOnlyList<AppendedEvent> events)
    {
        lock (_gate)
        {
            foreach (var added in events)
            {
                _ring.Add(added.Envelope, added.Bytes);
                TrackOpenTexts(added.Envelope.Event);
            }

            _snapshot = after;
        }
    }

    /// <summary>Takes over a committed piece of an open text.</summary>
    public void PublishText(Guid itemId, string text)
    {
        lock (_gate)
        {
            if (_openTexts.TryGetValue(itemId, out var open))
            {
                open.Append(text);
                _snapshot = _snapshot with { Header = _snapshot.Header.Heard() };
            }
        }
    }

    /// <summary>Says which state of the store was taken over.</summary>
    public void MoveTo(StoredHead head)
    {
        lock (_gate)
        {
            _head = head;
        }
    }

    /// <summary>The text of an open item so far; empty when it is not open.</summary>
    public string TextOf(Guid itemId)
    {
        lock (_gate)
        {
            return _openTexts.TryGetValue(itemId, out var open) ? open.ToString() : "";
        }
    }

    /// <summary>What a viewer at a position has not seen, as of one moment. Events are null when the ring no longer holds them.</summary>
    public (long Head, IReadOnlyList<EventEnvelope>? Events, IReadOnlyList<OpenTextSlice> OpenTexts, IReadOnlyCollection<Guid> OpenItems) Look(
        LogPosition position, int limit)
    {
        lock (_gate)
        {
            var head = _snapshot.Sequence;
            var events = _ring.TryRead(position.Cursor.Sequence, head, limit);

            // Whoever cannot reach the head with this page gets no open text yet, so there is no need to copy it.
            var slices = head - position.Cursor.Sequence <= limit ? UnseenTexts(position) : [];
            return (head, events, slices, [.. _openTexts.Keys]);
        }
    }

    /// <summary>What a viewer that opens the conversation sees first, as of one moment. Events are null when the ring does not hold so many.</summary>
    public (ConversationSnapshot Snapshot, IReadOnlyList<EventEnvelope>? Events, IReadOnlyList<OpenTextSlice> OpenTexts, IReadOnlyCollection<Guid> OpenItems) LookAtEnd(
        int count)
    {
        lock (_gate)
        {
            var head = _snapshot.Sequence;
            return (_snapshot, _ring.TryRead(Math.Max(0, head - count), head, count), UnseenTexts(new LogPosition()), [.. _openTexts.Keys]);
        }
    }

    private void TrackOpenTexts(ConversationEvent next)
    {
        switch (next)
        {
            case TextStarted started:
                _openTexts[started.ItemId] = new StringBuilder();
                break;
            case ReasoningStarted started:
                _openTexts[started.ItemId] = new StringBuilder();
                break;
            case TextCompleted completed:
                _openTexts.Remove(completed.ItemId);
                break;
            case ReasoningCompleted completed:
                _openTexts.Remove(completed.ItemId);
                break;
        }
    }

    private List<OpenTextSlice> UnseenTexts(LogPosition position)
    {
        var slices = new List<OpenTextSlice>();
        foreach (var (itemId, open) in _openTexts)
        {
            var seen = position.SeenOf(itemId);
            if (open.Length > seen)
            {
                slices.Add(new OpenTextSlice(itemId, seen, open.ToString(seen, open.Length - seen)));
            }
        }

        return slices;
    }
}
