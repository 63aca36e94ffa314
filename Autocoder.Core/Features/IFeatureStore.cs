namespace Autocoder.Core.Features;

/// <summary>Where backlogs are kept. Safe to use from any thread.</summary>
public interface IFeatureStore
{
    /// <summary>Gets the backlog of a project, by number.</summary>
    Task<IReadOnlyList<Feature>> ListAsync(Guid projectId, CancellationToken cancellationToken);

    /// <summary>Counts without loading.</summary>
    Task<FeatureStats> CountAsync(Guid projectId, CancellationToken cancellationToken);

    /// <summary>Decides what to change, given what the backlog is now, and commits it.</summary>
    /// <remarks>
    /// <paramref name="decide"/> runs inside the write transaction: no other change comes between what it sees and the
    /// commit. It must be quick and without side effects. What it returns is saved as a whole: a feature whose number
    /// exists replaces it, any other is added; returning nothing commits nothing, and so does throwing.
    /// </remarks>
    /// <returns>What was saved, in the same order, with the keys of what was added.</returns>
    Task<IReadOnlyList<Feature>> SaveAsync(
        Guid projectId, Func<IReadOnlyList<Feature>, IReadOnlyList<Feature>> decide, CancellationToken cancellationToken);
}
