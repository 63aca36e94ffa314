namespace Autocoder.Core.Projects;

/// <summary>Why a folder cannot be a project.</summary>
public enum FolderRefusal
{
    Empty,
    NotAbsolute,

    /// <summary>Too long, with a NUL, or its links lead in a circle.</summary>
    InvalidPath,
    Missing,
    ParentMissing,

    /// <summary>A file, pipe or device.</summary>
    NotAFolder,
    FilesystemRoot,
    SystemFolder,

    /// <summary>The home folder itself, or a folder above it.</summary>
    HomeFolder,

    /// <summary>A folder in which other programs keep keys, such as <c>~/.ssh</c>.</summary>
    KeyFolder,

    /// <summary>Autocoder's own data directory, or above or inside it.</summary>
    DataDirectory,

    /// <summary>Another project is registered with this very folder.</summary>
    OtherProject,
    InsideProject,
    AboveProject,
    NotReadable,
    NotWritable,
}
