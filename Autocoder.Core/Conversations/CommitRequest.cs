namespace Autocoder.Core.Conversations;

/// <summary>One caller's change, waiting for the committer.</summary>
internal sealed class CommitRequest
{
    public CommitRequest(Guid conversationId, Func<ConversationState, IReadOnlyList<NewEvent>> decide)
    {
        ConversationId = conversationId;
        Decide = decide;
    }

    public CommitRequest(Guid conversationId, OpenTextAddition text)
    {
        ConversationId = conversationId;
        Text = text;
    }

    public Guid ConversationId { get; }

    public Func<ConversationState, IReadOnlyList<NewEvent>>? Decide { get; }

    public OpenTextAddition? Text { get; }

    // Continuations run elsewhere: a caller's code must not hold up the committer.
    public TaskCompletionSource<IReadOnlyList<EventEnvelope>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What came of it; kept until the commit is on disk.</summary>
    public IReadOnlyList<EventEnvelope> Result { get; set; } = [];

    /// <summary>Why it was refused; null when it was not.</summary>
    public Exception? Refusal { get; set; }

    public void Complete()
    {
        if (Refusal is not null)
        {
            Done.TrySetException(Refusal);
        }
        else
        {
            Done.TrySetResult(Result);
        }
    }
}

/// <summary>More of an open text.</summary>
internal sealed record OpenTextAddition(Guid RunId, Guid ItemId, string Text);
