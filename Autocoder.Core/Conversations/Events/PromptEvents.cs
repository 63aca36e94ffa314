namespace Autocoder.Core.Conversations.Events;

/// <summary>A prompt was accepted and will not be lost. It runs at once or waits in the queue of the conversation.</summary>
/// <param name="PromptId">Made by the page that sends; a repeat with the same id is recognised and changes nothing.</param>
/// <param name="Text">What the person typed, unchanged; notes for the model are added when the model is called.</param>
/// <param name="Profile">The profile its run uses; null for the usual one of the surface.</param>
[EventKind("prompt_admitted")]
public sealed record PromptAdmitted(
    Guid PromptId, string Text, IReadOnlyList<Attachment> Attachments, string? Profile = null) : ConversationEvent;

/// <summary>A prompt was given to a run. In the transcript the message stands here, not where it was queued.</summary>
[EventKind("prompt_delivered")]
public sealed record PromptDelivered(Guid PromptId) : ConversationEvent;

/// <summary>A queued prompt was taken back before any run got it.</summary>
[EventKind("prompt_withdrawn")]
public sealed record PromptWithdrawn(Guid PromptId) : ConversationEvent;
