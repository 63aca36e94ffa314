namespace Autocoder.Core.Checkpoints;

/// <summary>Which changes are taken back, or put in again.</summary>
/// <param name="RunId">The run that made them.</param>
/// <param name="CallId">The one tool call; null for all of the run.</param>
/// <param name="Redoes">The undo that is taken back; null for an undo.</param>
public sealed record UndoTarget(Guid RunId, string? CallId = null, Guid? Redoes = null);
