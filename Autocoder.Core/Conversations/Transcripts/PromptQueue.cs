using System.Collections.Immutable;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>The prompts that wait, the next one first, as the events leave them. Pure.</summary>
internal static class PromptQueue
{
    public static ImmutableList<QueuedPrompt> After(ImmutableList<QueuedPrompt> waiting, ConversationEvent next) => next switch
    {
        PromptAdmitted admitted => waiting.Add(new QueuedPrompt(admitted.PromptId, admitted.Text, admitted.Attachments, admitted.Delivery)),
        PromptEdited edited => Change(waiting, edited.PromptId, prompt => prompt with { Text = edited.Text }),
        PromptDeliveryChanged changed => Change(waiting, changed.PromptId, prompt => prompt with { Delivery = changed.Delivery }),
        PromptsReordered reordered => Reorder(waiting, reordered.PromptIds),
        PromptWithdrawn withdrawn => waiting.RemoveAll(prompt => prompt.PromptId == withdrawn.PromptId),
        PromptDelivered delivered => waiting.RemoveAll(prompt => prompt.PromptId == delivered.PromptId),
        _ => waiting,
    };

    private static ImmutableList<QueuedPrompt> Change(
        ImmutableList<QueuedPrompt> waiting, Guid promptId, Func<QueuedPrompt, QueuedPrompt> change)
    {
        var index = waiting.FindIndex(prompt => prompt.PromptId == promptId);
        return index < 0 ? waiting : waiting.SetItem(index, change(waiting[index]));
    }

    private static ImmutableList<QueuedPrompt> Reorder(ImmutableList<QueuedPrompt> waiting, IReadOnlyList<Guid> order)
    {
        var places = order.Select((promptId, place) => (promptId, place)).ToDictionary();
        return [.. waiting.OrderBy(prompt => places.GetValueOrDefault(prompt.PromptId, int.MaxValue))];
    }
}
