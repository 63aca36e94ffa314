namespace Autocoder.Core.Conversations.Events;

/// <summary>Kept at the top of its list, or no longer.</summary>
[EventKind("conversation_pin_changed")]
public sealed record ConversationPinChanged(bool IsPinned) : ConversationEvent;

/// <summary>Put away without losing anything, or taken out again. An archived conversation goes on as any other.</summary>
[EventKind("conversation_archive_changed")]
public sealed record ConversationArchiveChanged(bool IsArchived) : ConversationEvent;
