using Autocoder.Core.Projects;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Projects;

/// <summary>Keeps the projects in the database.</summary>
internal sealed class EfProjectStore(Database database) : IProjectStore
{
    public Task<IReadOnlyList<StoredProject>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredProject>>(
            async (context, token) =>
            {
                var rows = await context.Set<ProjectRow>().ToListAsync(token).ConfigureAwait(false);
                return [.. rows.Select(ToProject)];
            },
            cancellationToken);

    public Task SaveAsync(StoredProject project, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                var row = await context.Set<ProjectRow>().FindAsync([project.Id], token).ConfigureAwait(false);
                if (row is null)
                {
                    row = new ProjectRow { Id = project.Id };
                    context.Add(row);
                }

                row.Name = project.Name.Value;
                row.Folder = project.Folder;
                row.CreatedAt = project.CreatedAt;
                row.LastOpenedAt = project.LastOpenedAt;
                row.RemovedAt = project.RemovedAt;
            },
            cancellationToken);

    private static StoredProject ToProject(ProjectRow row) =>
        new(row.Id, ProjectName.FromStore(row.Name), row.Folder, row.CreatedAt, row.LastOpenedAt, row.RemovedAt);
}
