namespace Autocoder.Core.Projects;

/// <summary>A project cannot be created or changed as asked. The message says why, for the person; nothing was changed.</summary>
public sealed class ProjectRefusedException(ProjectField field, string message, FolderRefusal? folderRefusal = null) : Exception(message)
{
    /// <summary>Which input to correct.</summary>
    public ProjectField Field { get; } = field;

    /// <summary>Set when <see cref="Field"/> is the folder and the folder itself is the reason.</summary>
    public FolderRefusal? FolderRefusal { get; } = folderRefusal;
}

/// <summary>An input of a project.</summary>
public enum ProjectField
{
    Name,
    Folder,
}
