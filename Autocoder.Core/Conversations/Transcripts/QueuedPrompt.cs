namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>A prompt that waits for its turn.</summary>
public sealed record QueuedPrompt(Guid PromptId, string Text, IReadOnlyList<Attachment> Attachments);
