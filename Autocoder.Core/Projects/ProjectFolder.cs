namespace Autocoder.Core.Projects;

/// <summary>The one way to the files of a project.</summary>
public sealed class ProjectFolder(string root)
{
    /// <summary>The absolute path of the folder, with links resolved.</summary>
    public string Root { get; } = root;
}
