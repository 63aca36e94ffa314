namespace Autocoder.Core.Projects;

/// <summary>Why a file of a project could not be used.</summary>
public enum ProjectFileProblem
{
    /// <summary>The path itself makes no sense: empty, too long, with a NUL, not valid on this system.</summary>
    InvalidPath,

    /// <summary>The path, or a link on its way, leads out of the project.</summary>
    Outside,

    /// <summary>Nothing is there.</summary>
    Missing,

    /// <summary>A folder where a file is needed, a file where a folder is needed, or a pipe, socket or device.</summary>
    WrongKind,

    TooLarge,

    /// <summary>Text was wanted and the file holds none.</summary>
    Binary,

    /// <summary>Never written by Autocoder: <c>.git</c>, links, files with a second name elsewhere, read-only files.</summary>
    Protected,

    /// <summary>The system refuses: permissions, a full or failing disk.</summary>
    Refused,
}
