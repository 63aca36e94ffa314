namespace Autocoder.Core.Projects;

/// <summary>There is no such project in the list; it may have been removed in another window.</summary>
public sealed class ProjectNotFoundException(Guid projectId)
    : Exception("This project is no longer in the list. It may have been removed in another window; its files are untouched.")
{
    public Guid ProjectId { get; } = projectId;
}
