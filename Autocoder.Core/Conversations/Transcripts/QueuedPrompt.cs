namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>A prompt that waits.</summary>
/// <param name="Delivery">Whether it waits for the end of the run at work, or only for its next model call.</param>
public sealed record QueuedPrompt(
    Guid PromptId, string Text, IReadOnlyList<Attachment> Attachments, PromptDelivery Delivery = PromptDelivery.Queue);
