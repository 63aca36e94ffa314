namespace Autocoder.Core.Conversations.Events;

/// <summary>An event as the database keeps it.</summary>
/// <param name="Payload">JSON.</param>
public sealed record StoredEvent(string Kind, int Version, string Payload);
