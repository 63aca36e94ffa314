namespace Autocoder.Core.Conversations;

/// <summary>What one viewer has seen: a cursor, and how much of each open text. One per viewer; not thread-safe.</summary>
public sealed class LogPosition
{
    private readonly Dictionary<Guid, int> _openLengths = [];

    /// <summary>The last event seen.</summary>
    public LogCursor Cursor { get; private set; } = LogCursor.Start;

    /// <summary>Starts at a cursor a client kept from before.</summary>
    public static LogPosition At(LogCursor cursor) => new() { Cursor = cursor };

    /// <summary>How many UTF-16 units of an open text were seen.</summary>
    public int SeenOf(Guid itemId) => _openLengths.GetValueOrDefault(itemId);

    /// <summary>Moves past everything in a pull. Call it once the pull has been applied.</summary>
    public void Advance(LogPull pull)
    {
        ArgumentNullException.ThrowIfNull(pull);
        Cursor = pull.Cursor;

        // What is no longer open needs no length: its completed event carries the whole text.
        foreach (var closed in _openLengths.Keys.Except(pull.OpenItems).ToList())
        {
            _openLengths.Remove(closed);
        }

        foreach (var slice in pull.OpenTexts)
        {
            _openLengths[slice.ItemId] = slice.Offset + slice.Text.Length;
        }
    }
}
