namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>That a change was taken back.</summary>
/// <param name="OfWholeRun">Whether it was taken back with all changes of its run.</param>
/// <param name="Left">How many files the undo left as they are.</param>
public sealed record UndoMark(Guid UndoId, bool OfWholeRun, int Left);
