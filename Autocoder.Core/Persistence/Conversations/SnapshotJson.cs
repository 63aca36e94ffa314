using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>The stored form of a snapshot.</summary>
internal static class SnapshotJson
{
    // Raised when the same events begin to give another state of the same shape.
    private const string Rules = "1";

    /// <summary>Which snapshots this build may read: those of the same shape, down to the last field, made by the same rules.</summary>
    /// <remarks>Any other is passed over, and the conversation is folded from its events.</remarks>
    public static string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        Rules + SnapshotJsonContext.Default.ConversationSnapshot.GetJsonSchemaAsNode().ToJsonString())))[..16];

    public static string Write(ConversationSnapshot snapshot) =>
        JsonSerializer.Serialize(snapshot, SnapshotJsonContext.Default.ConversationSnapshot);

    /// <summary>Reads a snapshot of this <see cref="Version"/>.</summary>
    public static ConversationSnapshot Read(string payload) =>
        JsonSerializer.Deserialize(payload, SnapshotJsonContext.Default.ConversationSnapshot)
            ?? throw new JsonException("A stored snapshot is null.");
}

/// <summary>The source-generated JSON of a snapshot. Every field is written: a missing one would be read as nothing, not as its default.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ConversationSnapshot))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext;
