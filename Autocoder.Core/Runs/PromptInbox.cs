using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs;

/// <summary>The prompts that wait in conversations, and what a person can still do to them.</summary>
/// <remarks>Every change is decided inside the commit. One that comes too late, or twice, changes nothing and says so with <c>false</c>.</remarks>
public sealed class PromptInbox
{
    private readonly RunServices _services;

    internal PromptInbox(RunServices services) => _services = services;

    /// <summary>Takes back a prompt that waits.</summary>
    /// <returns>False when a run has it already, or it was taken back before.</returns>
    public Task<bool> WithdrawAsync(Guid conversationId, Guid promptId, CancellationToken cancellationToken) =>
        ChangeAsync(conversationId, promptId, _ => new PromptWithdrawn(promptId), cancellationToken);

    /// <summary>Gives a waiting prompt another text.</summary>
    /// <returns>False when a run has it already, or it was taken back.</returns>
    /// <exception cref="ArgumentException">The text cannot be sent; the message says why, in words for the person.</exception>
    public async Task<bool> EditAsync(Guid conversationId, Guid promptId, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        string? problem = null;
        var changed = await ChangeAsync(
            conversationId,
            promptId,
            prompt => (problem = FindProblem(prompt with { Text = text })) is not null || prompt.Text == text ? null : new PromptEdited(promptId, text),
            cancellationToken).ConfigureAwait(false);
        return problem is null ? changed : throw new ArgumentException($"{problem} The message that waits is unchanged.", nameof(text));
    }

    /// <summary>Makes a waiting prompt steer the run at work, or wait for its end again.</summary>
    /// <returns>False when a run has it already, it was taken back, or it is delivered that way anyway.</returns>
    public Task<bool> SetDeliveryAsync(Guid conversationId, Guid promptId, PromptDelivery delivery, CancellationToken cancellationToken) => ChangeAsync(
        conversationId, promptId, prompt => prompt.Delivery == delivery ? null : new PromptDeliveryChanged(promptId, delivery), cancellationToken);

    /// <summary>Puts the waiting prompts into another order.</summary>
    /// <param name="promptIds">The wanted order. What no longer waits is passed over; what waits and is not named keeps its order at the end.</param>
    /// <returns>False when nothing changed.</returns>
    public async Task<bool> ReorderAsync(Guid conversationId, IReadOnlyList<Guid> promptIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(promptIds);
        var appended = await _services.Writer.AppendAsync(
            conversationId,
            state =>
            {
                var waiting = state.Queue.Select(prompt => prompt.PromptId).ToList();
                List<Guid> wanted = [.. promptIds.Where(waiting.Contains).Distinct()];
                wanted.AddRange(waiting.Except(wanted));
                return IsOpen(state) && !wanted.SequenceEqual(waiting) ? [new NewEvent(new PromptsReordered(wanted))] : [];
            },
            cancellationToken).ConfigureAwait(false);
        return appended.Count > 0;
    }

    /// <summary>Says why a prompt cannot be sent, in words for the person; null when it can.</summary>
    internal string? FindProblem(PromptAdmitted prompt)
    {
        if (string.IsNullOrWhiteSpace(prompt.Text) && prompt.Attachments.Count == 0)
        {
            return "There is nothing to send: write something or attach a file.";
        }

        var pictures = prompt.Attachments.Count(attachment => attachment.IsImage);
        if (pictures > AttachmentLimits.Images
            || prompt.Attachments.Count - pictures > AttachmentLimits.Files
            || prompt.Attachments.Sum(attachment => attachment.Length) > AttachmentLimits.TotalBytes)
        {
            return $"A message takes at most {AttachmentLimits.Images} pictures and {AttachmentLimits.Files} files, "
                + $"{AttachmentLimits.TotalBytes / 1024 / 1024} MB together. Nothing was sent and your text is still here: remove some.";
        }

        return prompt.Text.Length > _services.Options.MaxPromptLength
            ? $"The message has {prompt.Text.Length:N0} characters; at most {_services.Options.MaxPromptLength:N0} can be sent. "
                + "Nothing was sent and your text is still here: shorten it, or attach it as a file."
            : null;
    }

    private async Task<bool> ChangeAsync(
        Guid conversationId, Guid promptId, Func<PromptAdmitted, ConversationEvent?> change, CancellationToken cancellationToken)
    {
        var appended = await _services.Writer.AppendAsync(
            conversationId,
            state => IsOpen(state) && state.Queue.Find(prompt => prompt.PromptId == promptId) is { } waiting && change(waiting) is { } changed
                ? [new NewEvent(changed)]
                : [],
            cancellationToken).ConfigureAwait(false);
        return appended.Count > 0;
    }

    private static bool IsOpen(ConversationState state) => state is { IsTrashed: false, IsDeleted: false };
}
