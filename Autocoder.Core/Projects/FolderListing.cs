namespace Autocoder.Core.Projects;

/// <summary>The folders inside one folder, to choose from.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Parent">Null at the root of the file system.</param>
/// <param name="IsCut">There are more folders than are listed.</param>
/// <param name="Problem">A sentence for the person when the folder could not be listed; the list is empty then.</param>
public sealed record FolderListing(
    string Path,
    string? Parent,
    IReadOnlyList<FolderChoice> Folders,
    bool IsCut,
    string? Problem);

/// <summary>One folder to choose or to look into.</summary>
/// <param name="Refusal">Why it cannot be a project; one may still look into it. Null when it can be.</param>
/// <param name="Message">The same as a sentence.</param>
public sealed record FolderChoice(string Name, string Path, bool IsHidden, FolderRefusal? Refusal, string? Message);
