using Autocoder.Core.Conversations;

namespace Autocoder.Web.Components.Conversation;

/// <summary>What a person sends.</summary>
/// <param name="PromptId">Made once for a text and used again when it is sent again, so that a repeat is recognised.</param>
/// <param name="Delivery">Whether it waits for the end of what runs, or goes into it.</param>
/// <param name="PlanFirst">Whether its run analyses and plans before it changes anything.</param>
public sealed record ComposerSubmission(
    Guid PromptId, string Text, IReadOnlyList<Attachment> Attachments, PromptDelivery Delivery = PromptDelivery.Queue, bool PlanFirst = false);
