namespace Autocoder.Core.Conversations.Events;

/// <summary>A tool is about to give a file another content; both contents are kept. Committed before the file is touched.</summary>
/// <param name="Path">Inside the project, with <c>/</c>.</param>
/// <param name="After">What the tool writes.</param>
/// <param name="Before">What the file holds; null when there is no such file.</param>
[EventKind("file_checkpointed")]
public sealed record FileCheckpointed(string CallId, string Path, FileVersion After, FileVersion? Before = null) : ConversationEvent;

/// <summary>A person takes changes of a run back, or puts them in again. Committed before a file is touched; the contents are kept.</summary>
/// <param name="OfRunId">The run whose changes they are.</param>
/// <param name="CallId">The one tool call; null for all of the run.</param>
/// <param name="Redoes">The undo that is taken back; null for an undo.</param>
[EventKind("undo_started")]
public sealed record UndoStarted(
    Guid UndoId, Guid OfRunId, IReadOnlyList<FileSwap> Files, string? CallId = null, Guid? Redoes = null) : ConversationEvent;

/// <summary>What came of an undo or a redo. One without an end was cut off: its files have their old content or the new one.</summary>
/// <param name="Paths">The files that have the new content now.</param>
/// <param name="CallIds">The tool calls of the run that count as undone from now on; as done again after a redo.</param>
/// <param name="Problems">The files that were left as they are.</param>
[EventKind("undo_ended")]
public sealed record UndoEnded(
    Guid UndoId,
    Guid OfRunId,
    IReadOnlyList<string> Paths,
    IReadOnlyList<string> CallIds,
    IReadOnlyList<UndoProblem> Problems,
    string? CallId = null,
    Guid? Redoes = null) : ConversationEvent;
