namespace Autocoder.Core.Conversations;

/// <summary>What is new for one viewer.</summary>
/// <param name="Cursor">Where the viewer stands after applying <paramref name="Events"/>.</param>
/// <param name="Events">Exactly the events after the viewer's cursor, in order.</param>
/// <param name="OpenTexts">The unseen part of each open text whose start lies within <paramref name="Cursor"/>.</param>
/// <param name="OpenItems">All items open at <paramref name="Cursor"/>, with news or without.</param>
/// <param name="Expired">History was rewritten: forget everything shown and start again at <see cref="LogCursor.Start"/> of the new epoch.</param>
public sealed record LogPull(
    LogCursor Cursor,
    IReadOnlyList<EventEnvelope> Events,
    IReadOnlyList<OpenTextSlice> OpenTexts,
    IReadOnlyCollection<Guid> OpenItems,
    long HeadSequence,
    bool Expired = false)
{
    /// <summary>Whether the log holds events after <see cref="Cursor"/>; pull again.</summary>
    public bool HasMore => Cursor.Sequence < HeadSequence;

    /// <summary>Whether there is nothing to apply.</summary>
    public bool IsEmpty => Events.Count == 0 && OpenTexts.Count == 0 && !Expired;
}
