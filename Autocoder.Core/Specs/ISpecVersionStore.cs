namespace Autocoder.Core.Specs;

/// <summary>Keeps the versions of specifications. Nothing is ever changed or deleted in it.</summary>
public interface ISpecVersionStore
{
    /// <summary>Adds versions, all or none.</summary>
    /// <exception cref="InvalidOperationException">A number is taken.</exception>
    Task AddAsync(IReadOnlyList<SpecVersion> versions, CancellationToken cancellationToken);

    /// <summary>The highest version; null when there is none.</summary>
    Task<SpecVersion?> FindLatestAsync(Guid projectId, CancellationToken cancellationToken);

    /// <summary>All versions, the newest first.</summary>
    Task<IReadOnlyList<SpecVersion>> ListAsync(Guid projectId, CancellationToken cancellationToken);
}
