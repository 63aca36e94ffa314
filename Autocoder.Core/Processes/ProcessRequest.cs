namespace Autocoder.Core.Processes;

/// <summary>A program to be run.</summary>
/// <param name="Owner">For whom: a run. All that is left of it is ended together.</param>
/// <param name="Program">The absolute path of the program.</param>
/// <param name="Folder">The folder it starts in.</param>
public sealed record ProcessRequest(Guid Owner, string Program, IReadOnlyList<string> Arguments, string Folder)
{
    /// <summary>Variables beside the minimal environment, or instead of one of it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How long it may take; null for as long as it wants.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How much of each of its outputs is kept, in bytes: the beginning and the end.</summary>
    public int MaxOutputBytes { get; init; } = 64 * 1024;

    /// <summary>Whether errors go into the output, in the order in which they were written. Not on Windows, where they stay apart.</summary>
    public bool MergeErrors { get; init; }
}
