namespace Autocoder.Core.Specs;

/// <summary>What approval would do to one file.</summary>
/// <param name="Path">Inside the project folder, with <c>/</c>.</param>
/// <param name="OldText">What stands there now; null when there is no file, or when it is no text.</param>
public sealed record SpecFileChange(string Path, SpecFileChangeKind Kind, string? OldText, string NewText);

/// <summary>The kinds of <see cref="SpecFileChange"/>.</summary>
public enum SpecFileChangeKind
{
    /// <summary>There is no such file yet.</summary>
    Created,

    /// <summary>Its content changes.</summary>
    Replaced,

    /// <summary>It has this content already.</summary>
    Unchanged,
}
