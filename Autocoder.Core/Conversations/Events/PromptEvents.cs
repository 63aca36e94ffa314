using System.Text.Json.Serialization;

namespace Autocoder.Core.Conversations.Events;

/// <summary>A prompt was accepted and will not be lost. It runs at once or waits in the queue of the conversation.</summary>
/// <param name="PromptId">Made by the page that sends; a repeat with the same id is recognised and changes nothing.</param>
/// <param name="Text">What the person typed, unchanged; notes for the model are added when the model is called.</param>
/// <param name="Profile">The profile its run uses; null for the conversation's own.</param>
/// <param name="PlanFirst">Whether its run analyses and plans before it changes anything.</param>
/// <param name="Continues">The ended run it goes on with; the model is told what that run left unknown.</param>
[EventKind("prompt_admitted")]
public sealed record PromptAdmitted(
    Guid PromptId,
    string Text,
    IReadOnlyList<Attachment> Attachments,
    string? Profile = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] PromptDelivery Delivery = PromptDelivery.Queue,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool PlanFirst = false,
    Guid? Continues = null) : ConversationEvent;

/// <summary>A waiting prompt has another text.</summary>
[EventKind("prompt_edited")]
public sealed record PromptEdited(Guid PromptId, string Text) : ConversationEvent;

/// <summary>A waiting prompt is to be delivered in another way, for example into the run that is at work.</summary>
[EventKind("prompt_delivery_changed")]
public sealed record PromptDeliveryChanged(Guid PromptId, PromptDelivery Delivery) : ConversationEvent;

/// <summary>The waiting prompts have another order.</summary>
/// <param name="PromptIds">All that wait, the next one first.</param>
[EventKind("prompts_reordered")]
public sealed record PromptsReordered(IReadOnlyList<Guid> PromptIds) : ConversationEvent;

/// <summary>A prompt was given to a run. In the transcript the message stands here, not where it was queued.</summary>
[EventKind("prompt_delivered")]
public sealed record PromptDelivered(Guid PromptId) : ConversationEvent;

/// <summary>A queued prompt was taken back before any run got it.</summary>
[EventKind("prompt_withdrawn")]
public sealed record PromptWithdrawn(Guid PromptId) : ConversationEvent;
