using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations;

/// <summary>An event that is being appended, with its stored form, so that it is serialized once.</summary>
public sealed record AppendedEvent(EventEnvelope Envelope, StoredEvent Stored)
{
    /// <summary>About what it takes in memory, in bytes: its JSON as UTF-16.</summary>
    public int Bytes => Stored.Payload.Length * sizeof(char);
}
