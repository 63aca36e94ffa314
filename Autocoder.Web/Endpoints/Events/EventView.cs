using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Web.Endpoints.Events;

/// <summary>An event of the log.</summary>
/// <param name="Sequence">1, 2, 3, … without gaps.</param>
/// <param name="Kind">For example <c>run_started</c>. Expect kinds you do not know, and pass over them.</param>
/// <param name="Version">Of the kind's form.</param>
/// <param name="RunId">The run it belongs to; null outside runs.</param>
/// <param name="Payload">As it is stored.</param>
public sealed record EventView(long Sequence, string Kind, int Version, DateTimeOffset At, Guid? RunId, JsonElement Payload)
{
    // In characters of JSON: near enough to bytes for a limit.
    internal int Size { get; private init; }

    /// <summary>Puts an event into the form scripts get.</summary>
    public static EventView Of(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var stored = EventCatalog.Serialize(envelope.Event);
        return new EventView(
            envelope.Sequence, stored.Kind, stored.Version, envelope.At, envelope.RunId, JsonElement.Parse(stored.Payload))
        {
            Size = stored.Payload.Length,
        };
    }
}
