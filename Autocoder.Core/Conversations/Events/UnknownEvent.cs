namespace Autocoder.Core.Conversations.Events;

/// <summary>An event of a kind or version this build does not know, kept exactly as it was stored.</summary>
/// <remarks>Written by a newer Autocoder. Shown in general terms; the cursor moves past it like any other.</remarks>
/// <param name="Raw">The stored JSON, byte for byte.</param>
public sealed record UnknownEvent(string Kind, int Version, string Raw) : ConversationEvent;
