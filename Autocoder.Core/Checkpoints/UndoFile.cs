using Autocoder.Core.Conversations;

namespace Autocoder.Core.Checkpoints;

/// <summary>One file of a preview.</summary>
/// <param name="Path">Inside the project, with <c>/</c>.</param>
/// <param name="Now">What it holds; null when there is no such file, or it cannot be read.</param>
/// <param name="Then">What it will hold; null when it will be removed.</param>
/// <param name="Reason">Why it is left as it is, in words for a person; null when it is not.</param>
public sealed record UndoFile(string Path, UndoFileState State, FileVersion? Now, FileVersion? Then, string? Reason = null)
{
    /// <summary>Stands for what the file holds, in a person's agreement to overwrite it.</summary>
    public string Seen => Now?.Hash ?? "";
}
