namespace Autocoder.Web.Presence;

/// <summary>Which pages show which conversation now, and which of them wrote last. Holds nothing that outlives the pages. Safe to use from any thread.</summary>
public sealed class ConversationPresence
{
    private readonly Lock _gate = new();
    private readonly List<Seat> _seats = [];
    private readonly HashSet<Guid> _away = [];
    private readonly Dictionary<Guid, Guid> _drivers = [];

    /// <summary>Raised with the conversation when something about it has changed, on the thread that changed it. Return at once.</summary>
    public event Action<Guid>? Changed;

    /// <summary>A page begins to show a conversation.</summary>
    /// <returns>Dispose it when the page shows it no longer.</returns>
    public IDisposable Enter(Guid conversationId, Guid viewerId)
    {
        var seat = new Seat(this, conversationId, viewerId);
        lock (_gate)
        {
            _seats.Add(seat);
        }

        Changed?.Invoke(conversationId);
        return seat;
    }

    /// <summary>A page wrote into a conversation.</summary>
    public void Drove(Guid conversationId, Guid viewerId)
    {
        lock (_gate)
        {
            _drivers[conversationId] = viewerId;
        }

        Changed?.Invoke(conversationId);
    }

    /// <summary>The connection of a page was lost, or came back. A page that is away does not count.</summary>
    public void SetAway(Guid viewerId, bool isAway)
    {
        List<Guid> touched;
        lock (_gate)
        {
            if (!(isAway ? _away.Add(viewerId) : _away.Remove(viewerId)))
            {
                return;
            }

            touched = [.. _seats.Where(seat => seat.ViewerId == viewerId).Select(seat => seat.ConversationId).Distinct()];
        }

        touched.ForEach(conversationId => Changed?.Invoke(conversationId));
    }

    /// <summary>A page is gone for good.</summary>
    public void Forget(Guid viewerId)
    {
        lock (_gate)
        {
            _away.Remove(viewerId);
        }
    }

    /// <summary>Who is at a conversation, seen from a page.</summary>
    public PresenceNow Look(Guid conversationId, Guid viewerId)
    {
        lock (_gate)
        {
            var here = _seats.Where(seat => seat.ConversationId == conversationId && !_away.Contains(seat.ViewerId)).Select(seat => seat.ViewerId).ToHashSet();
            here.Add(viewerId);
            return new PresenceNow(
                here.Count,
                !_drivers.TryGetValue(conversationId, out var driver) || !here.Contains(driver) ? Driver.Nobody
                    : driver == viewerId ? Driver.You : Driver.OtherTab);
        }
    }

    private void Leave(Seat seat)
    {
        lock (_gate)
        {
            if (!_seats.Remove(seat))
            {
                return;
            }

            // The last one out takes the memory of who drove along.
            if (!_seats.Exists(other => other.ConversationId == seat.ConversationId))
            {
                _drivers.Remove(seat.ConversationId);
            }
        }

        Changed?.Invoke(seat.ConversationId);
    }

    private sealed class Seat(ConversationPresence presence, Guid conversationId, Guid viewerId) : IDisposable
    {
        public Guid ConversationId => conversationId;

        public Guid ViewerId => viewerId;

        public void Dispose() => presence.Leave(this);
    }
}
