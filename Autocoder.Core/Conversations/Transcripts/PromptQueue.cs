using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>The prompts that wait, as the events leave them.</summary>
internal sealed class PromptQueue
{
    private readonly List<QueuedPrompt> _waiting = [];

    /// <summary>The next one first.</summary>
    public IReadOnlyList<QueuedPrompt> Waiting => _waiting;

    public void Apply(ConversationEvent next)
    {
        switch (next)
        {
            case PromptAdmitted admitted:
                _waiting.Add(new QueuedPrompt(admitted.PromptId, admitted.Text, admitted.Attachments, admitted.Delivery));
                break;
            case PromptEdited edited:
                Change(edited.PromptId, prompt => prompt with { Text = edited.Text });
                break;
            case PromptDeliveryChanged changed:
                Change(changed.PromptId, prompt => prompt with { Delivery = changed.Delivery });
                break;
            case PromptsReordered reordered:
                _waiting.Sort((one, other) => PlaceOf(reordered, one).CompareTo(PlaceOf(reordered, other)));
                break;
            case PromptWithdrawn withdrawn:
                _waiting.RemoveAll(prompt => prompt.PromptId == withdrawn.PromptId);
                break;
        }
    }

    /// <summary>Takes a prompt out; null when it does not wait.</summary>
    public QueuedPrompt? Deliver(Guid promptId)
    {
        var delivered = _waiting.Find(prompt => prompt.PromptId == promptId);
        _waiting.RemoveAll(prompt => prompt.PromptId == promptId);
        return delivered;
    }

    private static int PlaceOf(PromptsReordered reordered, QueuedPrompt prompt) => reordered.PromptIds.ToList().IndexOf(prompt.PromptId);

    private void Change(Guid promptId, Func<QueuedPrompt, QueuedPrompt> change)
    {
        var index = _waiting.FindIndex(prompt => prompt.PromptId == promptId);
        if (index >= 0)
        {
            _waiting[index] = change(_waiting[index]);
        }
    }
}
