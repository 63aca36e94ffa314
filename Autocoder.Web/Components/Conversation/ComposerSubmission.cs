using Autocoder.Core.Conversations;

namespace Autocoder.Web.Components.Conversation;

/// <summary>What a person sends.</summary>
/// <param name="PromptId">Made once for a text and used again when it is sent again, so that a repeat is recognised.</param>
public sealed record ComposerSubmission(Guid PromptId, string Text, IReadOnlyList<Attachment> Attachments);
