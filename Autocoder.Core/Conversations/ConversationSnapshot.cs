using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Core.Conversations;

/// <summary>A conversation at one event: what the next event depends on, and what the head of a page shows.</summary>
/// <remarks>With the events after it, it stands for the whole log, so nobody reads a long log from its start.</remarks>
public sealed record ConversationSnapshot(ConversationState State, TranscriptHeader Header)
{
    /// <summary>Before the first event.</summary>
    public static ConversationSnapshot Empty { get; } = new(ConversationState.Empty, TranscriptHeader.Empty);

    /// <summary>The last event; 0 before the first.</summary>
    public long Sequence => State.HeadSequence;

    /// <summary>The snapshot after the next event.</summary>
    /// <exception cref="IllegalEventException">The event does not fit.</exception>
    public ConversationSnapshot Apply(EventEnvelope envelope) => new(State.Apply(envelope), Header.After(envelope));
}
