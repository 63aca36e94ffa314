namespace Autocoder.Core.Conversations;

/// <summary>The one way into the log. Safe to use from any thread.</summary>
public interface IConversationWriter
{
    /// <summary>Decides what to append, given what the conversation is now, and commits it.</summary>
    /// <remarks>
    /// <paramref name="decide"/> runs alone: no other append comes between the state it sees and the commit. It must be
    /// quick and without side effects, and may return nothing, which commits nothing. When this returns, the events are
    /// on disk and followers have been told.
    /// </remarks>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, and it was not being created.</exception>
    /// <exception cref="IllegalEventException">An event does not fit the state; nothing of this call was kept.</exception>
    Task<IReadOnlyList<EventEnvelope>> AppendAsync(
        Guid conversationId, Func<ConversationState, IReadOnlyList<NewEvent>> decide, CancellationToken cancellationToken);

    /// <summary>Adds to an open text and commits it before anyone sees it.</summary>
    /// <remarks>Text after the end of the item, or of its run, is refused: a run that was fenced off cannot write any more.</remarks>
    /// <param name="text">Whole characters only: half a surrogate pair would not survive being stored.</param>
    /// <exception cref="ArgumentException">The text begins or ends within a surrogate pair.</exception>
    /// <exception cref="IllegalEventException">The item is not open, or not of this run.</exception>
    Task AppendTextAsync(Guid conversationId, Guid runId, Guid itemId, string text, CancellationToken cancellationToken);
}
