using Autocoder.Core.Conversations;

namespace Autocoder.Core.Checkpoints;

/// <summary>What came of an undo or a redo.</summary>
/// <param name="Paths">The files that have the new content.</param>
/// <param name="Problems">The files that were left as they are.</param>
/// <param name="Refusal">Why nothing was done at all, in words for a person; null when it was recorded.</param>
public sealed record UndoReceipt(IReadOnlyList<string> Paths, IReadOnlyList<UndoProblem> Problems, string? Refusal = null)
{
    internal static UndoReceipt Refused(string reason) => new([], [], reason);
}
