namespace Autocoder.Core.Projects;

/// <summary>Keeps the projects. Used by <see cref="ProjectRegistry"/> only, which decides what may be kept.</summary>
public interface IProjectStore
{
    /// <summary>All projects, removed ones included.</summary>
    Task<IReadOnlyList<StoredProject>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds the project, or replaces the one with the same id.</summary>
    Task SaveAsync(StoredProject project, CancellationToken cancellationToken);
}
