using Autocoder.Core.Specs;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Specs;

/// <summary>The versions in SQLite.</summary>
internal sealed class EfSpecVersionStore(Database database) : ISpecVersionStore
{
    public Task AddAsync(IReadOnlyList<SpecVersion> versions, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                foreach (var version in versions)
                {
                    var isTaken = await context.Set<SpecVersionRow>()
                        .AnyAsync(row => row.ProjectId == version.ProjectId && row.Version == version.Number, token).ConfigureAwait(false);
                    if (isTaken)
                    {
                        throw new InvalidOperationException($"Version {version.Number} of the specification is stored already.");
                    }

                    context.Add(ToRow(version));
                }
            },
            cancellationToken);

    public Task<SpecVersion?> FindLatestAsync(Guid projectId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (context, token) => await Of(context, projectId).FirstOrDefaultAsync(token).ConfigureAwait(false) is { } row ? ToVersion(row) : null,
            cancellationToken);

    public Task<IReadOnlyList<SpecVersion>> ListAsync(Guid projectId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SpecVersion>>(
            async (context, token) =>
            {
                var rows = await Of(context, projectId).ToListAsync(token).ConfigureAwait(false);
                return [.. rows.Select(ToVersion)];
            },
            cancellationToken);

    private static IQueryable<SpecVersionRow> Of(AutocoderDbContext context, Guid projectId) =>
        context.Set<SpecVersionRow>().Where(row => row.ProjectId == projectId).OrderByDescending(row => row.Version);

    private static SpecVersionRow ToRow(SpecVersion version) => new()
    {
        ProjectId = version.ProjectId,
        Version = version.Number,
        Document = version.Document,
        AppSpec = version.AppSpec,
        Hash = version.Hash,
        ApprovedAt = version.ApprovedAt,
        ConversationId = version.ConversationId,
    };

    private static SpecVersion ToVersion(SpecVersionRow row) =>
        new(row.ProjectId, row.Version, row.Document, row.AppSpec, row.Hash, row.ApprovedAt, row.ConversationId);
}
