using System.Text.Json;
using Autocoder.Core.Features;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Features;

/// <summary>Keeps backlogs in <c>features</c> and <c>feature_dependencies</c>.</summary>
internal sealed class FeatureStore(Database database) : IFeatureStore
{
    public Task<IReadOnlyList<Feature>> ListAsync(Guid projectId, CancellationToken cancellationToken) =>
        database.ReadAsync((context, token) => LoadAsync(context, projectId, token), cancellationToken);

    public Task<FeatureStats> CountAsync(Guid projectId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (context, token) => await context.Set<FeatureRow>()
                .Where(row => row.ProjectId == projectId)
                .GroupBy(row => row.ProjectId)
                .Select(rows => new FeatureStats(rows.Count(row => row.Passes), rows.Count(row => row.InProgress), rows.Count()))
                .FirstOrDefaultAsync(token).ConfigureAwait(false) ?? new FeatureStats(0, 0, 0),
            cancellationToken);

    public Task<IReadOnlyList<Feature>> SaveAsync(
        Guid projectId, Func<IReadOnlyList<Feature>, IReadOnlyList<Feature>> decide, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                var backlog = await LoadAsync(context, projectId, token).ConfigureAwait(false);
                return await SaveAsync(context, backlog, decide(backlog), token).ConfigureAwait(false);
            },
            cancellationToken);

    private static async Task<IReadOnlyList<Feature>> SaveAsync(
        AutocoderDbContext context, IReadOnlyList<Feature> backlog, IReadOnlyList<Feature> features, CancellationToken cancellationToken)
    {
        if (features.Count == 0)
        {
            return features;
        }

        var before = backlog.ToDictionary(feature => feature.Number);
        var rows = new List<FeatureRow>(features.Count);
        foreach (var feature in features)
        {
            var known = before.GetValueOrDefault(feature.Number);
            var row = ToRow(feature, known?.Id ?? 0);
            rows.Add(row);
            context.Entry(row).State = known is null ? EntityState.Added : EntityState.Modified;
            SaveDependencies(context, known, feature);
        }

        // Now, for the keys of what was added.
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return [.. features.Zip(rows, (feature, row) => feature with { Id = row.Id })];
    }

    private static void SaveDependencies(AutocoderDbContext context, Feature? before, Feature feature)
    {
        IReadOnlyList<int> old = before?.DependsOn ?? [];
        context.RemoveRange(old.Except(feature.DependsOn).Select(number => Dependency(feature, number)));
        context.AddRange(feature.DependsOn.Except(old).Select(number => Dependency(feature, number)));
    }

    // Untracked in a write too: what is saved are new rows made from records, which tracked ones would collide with.
    private static async Task<IReadOnlyList<Feature>> LoadAsync(
        AutocoderDbContext context, Guid projectId, CancellationToken cancellationToken)
    {
        var rows = await context.Set<FeatureRow>().AsNoTracking()
            .Where(row => row.ProjectId == projectId)
            .OrderBy(row => row.Number)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var dependencies = await context.Set<FeatureDependencyRow>().AsNoTracking()
            .Where(row => row.ProjectId == projectId)
            .OrderBy(row => row.DependsOn)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var byNumber = dependencies.ToLookup(row => row.Number, row => row.DependsOn);
        return [.. rows.Select(row => ToFeature(row, [.. byNumber[row.Number]]))];
    }

    private static FeatureDependencyRow Dependency(Feature feature, int dependsOn) =>
        new() { ProjectId = feature.ProjectId, Number = feature.Number, DependsOn = dependsOn };

    private static FeatureRow ToRow(Feature feature, long id) => new()
    {
        Id = id,
        ProjectId = feature.ProjectId,
        Number = feature.Number,
        Priority = feature.Priority,
        Category = feature.Category,
        Name = feature.Name,
        Description = feature.Description,
        Steps = JsonSerializer.Serialize(feature.Steps),
        Passes = feature.Passes,
        InProgress = feature.InProgress,
        Evidence = feature.Evidence,
        CreatedAt = feature.CreatedAt,
        ChangedAt = feature.ChangedAt,
        LastCheckedAt = feature.LastCheckedAt,
    };

    private static Feature ToFeature(FeatureRow row, IReadOnlyList<int> dependsOn) => new()
    {
        Id = row.Id,
        ProjectId = row.ProjectId,
        Number = row.Number,
        Priority = row.Priority,
        Category = row.Category,
        Name = row.Name,
        Description = row.Description,
        Steps = JsonSerializer.Deserialize<string[]>(row.Steps) ?? [],
        DependsOn = dependsOn,
        Passes = row.Passes,
        InProgress = row.InProgress,
        Evidence = row.Evidence,
        CreatedAt = row.CreatedAt,
        ChangedAt = row.ChangedAt,
        LastCheckedAt = row.LastCheckedAt,
    };
}
