namespace Autocoder.Core.Checkpoints;

/// <summary>What an undo or a redo would do, before it is done.</summary>
/// <param name="Problem">Why nothing can be done, in words for a person; null when something can.</param>
public sealed record UndoPreview(IReadOnlyList<UndoFile> Files, string? Problem = null);
