namespace Autocoder.Core.Projects;

/// <summary>What the rules say about a folder: either where it really is, or why not.</summary>
/// <param name="Folder">Absolute, with links resolved; null when it is refused.</param>
/// <param name="Exists">Whether the folder is there already. Creating a project creates it otherwise.</param>
/// <param name="Message">A sentence for the person; null when it is not refused.</param>
public sealed record FolderCheck(string? Folder, bool Exists, FolderRefusal? Refusal, string? Message);
