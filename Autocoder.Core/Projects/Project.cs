namespace Autocoder.Core.Projects;

/// <summary>A registered folder with a name.</summary>
/// <param name="Folder">Absolute, with links resolved at the time it was registered.</param>
/// <param name="LastOpenedAt">When a person last opened it; at first, when it was added.</param>
public sealed record Project(Guid Id, ProjectName Name, string Folder, DateTimeOffset CreatedAt, DateTimeOffset LastOpenedAt)
{
    /// <summary>Whether the folder was there when this was read. If not, it can be located again.</summary>
    public bool FolderExists { get; init; } = true;
}
