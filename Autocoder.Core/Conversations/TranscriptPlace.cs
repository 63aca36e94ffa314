namespace Autocoder.Core.Conversations;

/// <summary>A place in a conversation that one can go to.</summary>
/// <param name="Key">The row of the transcript that tells of it; a row with this key need not exist.</param>
/// <param name="Sequence">The event; without the row, the nearest one before it is meant.</param>
public sealed record TranscriptPlace(string Key, long Sequence);
