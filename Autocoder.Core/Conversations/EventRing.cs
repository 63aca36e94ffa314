namespace Autocoder.Core.Conversations;

/// <summary>The newest events of a conversation, bounded by count and by bytes. A cache: it may hold nothing.</summary>
internal sealed class EventRing(RingLimits limits)
{
    private readonly Queue<(EventEnvelope Envelope, int Bytes)> _events = new();
    private int _bytes;

    /// <summary>The number of events held.</summary>
    public int Count => _events.Count;

    /// <summary>The size of their stored form.</summary>
    public int Bytes => _bytes;

    public void Add(EventEnvelope envelope, int bytes)
    {
        _events.Enqueue((envelope, bytes));
        _bytes += bytes;
        while (_events.Count > limits.Events || _bytes > limits.Bytes)
        {
            _bytes -= _events.Dequeue().Bytes;
        }
    }

    /// <summary>Gets the events after a sequence; null when the ring no longer holds the first of them.</summary>
    public IReadOnlyList<EventEnvelope>? TryRead(long after, long through, int limit)
    {
        if (after >= through)
        {
            return [];
        }

        if (_events.Count == 0 || _events.Peek().Envelope.Sequence > after + 1)
        {
            return null;
        }

        return [.. _events.Select(entry => entry.Envelope).Where(envelope => envelope.Sequence > after).Take(limit)];
    }
}
