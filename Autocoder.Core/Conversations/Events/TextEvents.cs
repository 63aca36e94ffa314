namespace Autocoder.Core.Conversations.Events;

/// <summary>The engine begins a piece of answer. Until <see cref="TextCompleted"/> its text is open and grows.</summary>
[EventKind("text_started")]
public sealed record TextStarted(Guid ItemId) : ConversationEvent;

/// <summary>A piece of answer is whole. It carries all of the text, and wins over what was streamed.</summary>
/// <param name="Partial">It was cut off by a stop, a failure or a crash.</param>
[EventKind("text_completed")]
public sealed record TextCompleted(Guid ItemId, string Text, bool Partial = false) : ConversationEvent;

/// <summary>The engine begins to think aloud.</summary>
[EventKind("reasoning_started")]
public sealed record ReasoningStarted(Guid ItemId) : ConversationEvent;

/// <summary>A thought is whole.</summary>
/// <param name="Partial">It was cut off by a stop, a failure or a crash.</param>
/// <param name="Signature">Without which the model's server does not take it back; null where it needs none.</param>
[EventKind("reasoning_completed")]
public sealed record ReasoningCompleted(Guid ItemId, string Text, bool Partial = false, string? Signature = null) : ConversationEvent;

/// <summary>Texts and thoughts are no part of the answer any more: the connection broke, and the model began anew. Each is closed before.</summary>
[EventKind("answer_withdrawn")]
public sealed record AnswerWithdrawn(IReadOnlyList<Guid> ItemIds) : ConversationEvent;
