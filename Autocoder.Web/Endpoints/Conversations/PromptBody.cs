using Autocoder.Core.Conversations;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>A prompt to be sent.</summary>
/// <param name="PromptId">Made by the client, once per prompt; sending the same one again does nothing twice.</param>
/// <param name="Attachments">Files that were uploaded before.</param>
/// <param name="Delivery">What happens when something runs already: wait for its end, or go into it.</param>
/// <param name="PlanFirst">Analyse and plan before changing anything.</param>
public sealed record PromptBody(
    Guid PromptId,
    string Text = "",
    IReadOnlyList<AttachmentBody>? Attachments = null,
    PromptDelivery Delivery = PromptDelivery.Queue,
    bool PlanFirst = false);
