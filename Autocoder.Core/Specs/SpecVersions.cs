namespace Autocoder.Core.Specs;

/// <summary>The approved specifications, for everybody who looks at them. Safe to use from any thread.</summary>
public sealed class SpecVersions(ISpecVersionStore store)
{
    /// <summary>A project has a new version. Raised on the thread of whoever approved, after it was stored.</summary>
    public event Action<Guid>? Changed;

    /// <summary>The latest version a person approved; null when there is none.</summary>
    public async Task<SpecVersion?> FindLatestAsync(Guid projectId, CancellationToken cancellationToken)
    {
        var latest = await store.FindLatestAsync(projectId, cancellationToken).ConfigureAwait(false);
        return latest is null or { IsApproved: true }
            ? latest
            : (await store.ListAsync(projectId, cancellationToken).ConfigureAwait(false)).FirstOrDefault(version => version.IsApproved);
    }

    /// <summary>All versions, the newest first, with those that were found in the folder.</summary>
    public Task<IReadOnlyList<SpecVersion>> ListAsync(Guid projectId, CancellationToken cancellationToken) =>
        store.ListAsync(projectId, cancellationToken);

    internal async Task AddAsync(IReadOnlyList<SpecVersion> versions, CancellationToken cancellationToken)
    {
        await store.AddAsync(versions, cancellationToken).ConfigureAwait(false);
        Changed?.Invoke(versions[0].ProjectId);
    }
}
