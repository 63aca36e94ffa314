using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations;

/// <summary>Where a page of the log begins, and what it needs from before. Pure.</summary>
internal static class PageStart
{
    // How much of a page may be left to the page before, for a better beginning.
    private const int Share = 5;

    /// <summary>Leaves the first events to the page before, when a run or a step begins soon after.</summary>
    public static IReadOnlyList<EventEnvelope> Trim(IReadOnlyList<EventEnvelope> events)
    {
        if (events is [] or [{ Sequence: 1 }, ..])
        {
            return events;
        }

        var near = events.Take(events.Count / Share).ToList();
        var start = near.FindIndex(envelope => envelope.Event is PromptAdmitted or RunStarted);
        start = start >= 0 ? start : near.FindIndex(envelope => envelope.Event is StepStarted);
        return start > 0 ? [.. events.Skip(start)] : events;
    }

    /// <summary>The prompts that are delivered in a page but were admitted before it.</summary>
    public static IReadOnlyCollection<Guid> PromptsFromBefore(IReadOnlyList<EventEnvelope> events)
    {
        var admitted = events.Select(envelope => envelope.Event).OfType<PromptAdmitted>().Select(prompt => prompt.PromptId).ToHashSet();
        return [.. events.Select(envelope => envelope.Event).OfType<PromptDelivered>()
            .Select(delivered => delivered.PromptId).Where(promptId => !admitted.Contains(promptId))];
    }
}
