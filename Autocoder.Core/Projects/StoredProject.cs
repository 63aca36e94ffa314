namespace Autocoder.Core.Projects;

/// <summary>A project as it is kept. A removed one stays, so that its conversations do, and comes back with its folder.</summary>
/// <param name="RemovedAt">Null while the project is in the list.</param>
public sealed record StoredProject(
    Guid Id,
    ProjectName Name,
    string Folder,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastOpenedAt,
    DateTimeOffset? RemovedAt);
