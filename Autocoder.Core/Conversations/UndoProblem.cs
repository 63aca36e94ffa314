namespace Autocoder.Core.Conversations;

/// <summary>A file that an undo or a redo left as it is.</summary>
/// <param name="Reason">Why, in words for a person.</param>
public sealed record UndoProblem(string Path, string Reason);
