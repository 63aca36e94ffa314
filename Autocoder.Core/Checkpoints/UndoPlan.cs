using Autocoder.Core.Conversations;

namespace Autocoder.Core.Checkpoints;

/// <summary>What an undo or a redo is about, as the log has it; nobody has looked at the disk yet.</summary>
/// <param name="Problem">Why there is nothing to do; null when there is.</param>
internal sealed record UndoPlan(IReadOnlyList<PlannedFile> Files, string? Problem = null)
{
    public static UndoPlan Nothing(string problem) => new([], problem);
}

/// <summary>One file of a plan.</summary>
/// <param name="Expected">What it may hold so that nobody's work is lost: what the run itself left there; null stands for no file.</param>
/// <param name="Target">What it is to hold; null when it is to be removed.</param>
/// <param name="CallIds">The calls whose changes these are.</param>
internal sealed record PlannedFile(string Path, IReadOnlyList<FileVersion?> Expected, FileVersion? Target, IReadOnlyList<string> CallIds);
