namespace Autocoder.Core.Projects;

/// <summary>A file or folder of a project, as it was when looked at.</summary>
/// <param name="Path">Relative to the project, with <c>/</c> on every system; empty for the project's folder itself.</param>
/// <param name="Length">In bytes; 0 for a folder.</param>
public sealed record ProjectFile(string Path, ProjectFileKind Kind, long Length, DateTimeOffset ModifiedAt);

/// <summary>What a <see cref="ProjectFile"/> is.</summary>
public enum ProjectFileKind
{
    File,
    Folder,
}
