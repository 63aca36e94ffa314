namespace Autocoder.Core.Conversations.Events;

/// <summary>Always the first event of a conversation.</summary>
/// <param name="Engine">The engine all runs use, for example <c>scripted:demo</c>; null for whatever is configured when a run starts.</param>
/// <param name="ParentId">The conversation that started this one as a sub-agent; null for one a person started.</param>
[EventKind("conversation_created")]
public sealed record ConversationCreated(
    Guid ProjectId, ConversationKind Surface, string Title, string? Engine = null, Guid? ParentId = null) : ConversationEvent;

/// <summary>The title was changed, by a person or because the first prompt gave a better one.</summary>
[EventKind("conversation_renamed")]
public sealed record ConversationRenamed(string Title, bool Automatic = false) : ConversationEvent;

/// <summary>Moved to the trash. Nothing but <see cref="ConversationRestored"/> or <see cref="ConversationDeleted"/> may follow.</summary>
[EventKind("conversation_trashed")]
public sealed record ConversationTrashed : ConversationEvent;

/// <summary>Taken back out of the trash.</summary>
[EventKind("conversation_restored")]
public sealed record ConversationRestored : ConversationEvent;

/// <summary>The tombstone: always the last event; the log refuses everything after it.</summary>
[EventKind("conversation_deleted")]
public sealed record ConversationDeleted : ConversationEvent;
