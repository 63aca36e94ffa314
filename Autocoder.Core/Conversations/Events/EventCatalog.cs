using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Autocoder.Core.Conversations.Events;

/// <summary>The one way events are written to and read from their stored form.</summary>
public static class EventCatalog
{
    private static readonly FrozenDictionary<Type, Entry> ByType = Load();

    private static readonly FrozenDictionary<string, Entry> ByKind =
        ByType.Values.ToFrozenDictionary(entry => entry.Kind, StringComparer.Ordinal);

    /// <summary>All kinds this build knows, with the type of each.</summary>
    public static IEnumerable<(string Kind, int Version, Type Type)> Kinds =>
        ByType.Values.Select(entry => (entry.Kind, entry.Version, entry.JsonType.Type));

    /// <summary>The stored kind of a type of event.</summary>
    public static string KindOf<T>() where T : ConversationEvent => ByType[typeof(T)].Kind;

    /// <summary>Writes an event. An <see cref="UnknownEvent"/> comes out exactly as it came in.</summary>
    public static StoredEvent Serialize(ConversationEvent conversationEvent)
    {
        ArgumentNullException.ThrowIfNull(conversationEvent);
        if (conversationEvent is UnknownEvent unknown)
        {
            return new StoredEvent(unknown.Kind, unknown.Version, unknown.Raw);
        }

        var entry = ByType[conversationEvent.GetType()];
        return new StoredEvent(entry.Kind, entry.Version, JsonSerializer.Serialize(conversationEvent, entry.JsonType));
    }

    /// <summary>Reads an event. A kind or version this build does not know becomes an <see cref="UnknownEvent"/>.</summary>
    /// <remarks>Fields this build does not know are passed over; they stay in the database.</remarks>
    /// <exception cref="JsonException">The payload of a known kind is not what that kind holds.</exception>
    public static ConversationEvent Deserialize(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (!ByKind.TryGetValue(stored.Kind, out var entry) || stored.Version > entry.Version)
        {
            return new UnknownEvent(stored.Kind, stored.Version, stored.Payload);
        }

        return (ConversationEvent?)JsonSerializer.Deserialize(stored.Payload, entry.JsonType)
            ?? throw new JsonException($"A stored event of kind {stored.Kind} is null.");
    }

    private static FrozenDictionary<Type, Entry> Load() => typeof(ConversationEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ConversationEvent)) && type != typeof(UnknownEvent))
        .Select(Describe)
        .ToFrozenDictionary(entry => entry.JsonType.Type);

    private static Entry Describe(Type type)
    {
        var kind = type.GetCustomAttribute<EventKindAttribute>()
            ?? throw new InvalidOperationException($"{type.Name} has no stored kind.");
        var jsonType = EventJsonContext.Default.GetTypeInfo(type)
            ?? throw new InvalidOperationException($"{type.Name} is not listed in {nameof(EventJsonContext)}.");
        return new Entry(kind.Kind, kind.Version, jsonType);
    }

    private sealed record Entry(string Kind, int Version, JsonTypeInfo JsonType);
}
