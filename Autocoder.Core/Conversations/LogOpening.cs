using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Core.Conversations;

/// <summary>A conversation as it is opened at its end: as much as a first page needs, however long the log is.</summary>
/// <param name="Cursor">The head; follow from here.</param>
/// <param name="Header">What the conversation is at <paramref name="Cursor"/>, beside its rows.</param>
/// <param name="Tail">The newest events, up to <paramref name="Cursor"/>.</param>
/// <param name="Pinned">Older events of what is still open: questions and approvals nobody has answered, tool calls without an end.</param>
/// <param name="OpenTexts">All of each open text.</param>
/// <param name="OpenItems">All texts open at <paramref name="Cursor"/>.</param>
public sealed record LogOpening(
    LogCursor Cursor,
    TranscriptHeader Header,
    LogPage Tail,
    IReadOnlyList<EventEnvelope> Pinned,
    IReadOnlyList<OpenTextSlice> OpenTexts,
    IReadOnlyCollection<Guid> OpenItems)
{
    /// <summary>The place of a viewer that has applied this.</summary>
    public LogPosition ToPosition()
    {
        var position = LogPosition.At(Cursor);
        position.Advance(new LogPull(Cursor, [], OpenTexts, OpenItems, Cursor.Sequence));
        return position;
    }
}
