namespace Autocoder.Core.Conversations;

/// <summary>Brings hints that a conversation may have something new.</summary>
/// <remarks>
/// Nothing is correct because of it: a hint may be lost, come twice, late or in another order, and carries nothing. It only
/// shortens a wait; a follower that hears nothing looks for itself.
/// </remarks>
internal interface IWakeBus
{
    /// <summary>Asks for hints. <paramref name="wake"/> may be called on any thread and must return at once.</summary>
    /// <returns>Dispose it to hear no more.</returns>
    IDisposable Subscribe(Guid conversationId, Action wake);

    /// <summary>Gives everyone who listens to a conversation a hint. Waits for nobody.</summary>
    void Ring(Guid conversationId);

    /// <summary>Whether anybody in this process listens to a conversation.</summary>
    bool HasSubscribers(Guid conversationId);
}
