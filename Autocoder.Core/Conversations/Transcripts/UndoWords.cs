using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>What an undo or a redo came to, in one sentence for a person and a model alike.</summary>
public static class UndoWords
{
    private const int MostNamed = 5;

    /// <summary>The sentence: <c>You took changes back: src/a.cs, src/b.cs.</c></summary>
    public static string Of(UndoEnded undone)
    {
        ArgumentNullException.ThrowIfNull(undone);
        var what = undone.Redoes is null ? "Changes were taken back" : "Changes were put in again";
        var done = undone.Paths.Count == 0 ? "Nothing was changed" : $"{what}: {Named(undone.Paths)}";
        return undone.Problems.Count == 0
            ? $"{done}."
            : $"{done}. Left as they are: {string.Join("; ", undone.Problems.Take(MostNamed).Select(problem => $"{problem.Path} ({problem.Reason.TrimEnd('.')})"))}.";
    }

    /// <summary>The first of some paths, and how many more there are.</summary>
    public static string Named(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return string.Join(", ", paths.Take(MostNamed)) + (paths.Count > MostNamed ? $" and {paths.Count - MostNamed} more" : "");
    }
}
