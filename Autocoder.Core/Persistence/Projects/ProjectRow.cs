using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Projects;

/// <summary>One project, in the list or removed from it.</summary>
internal sealed class ProjectRow : IEntityTypeConfiguration<ProjectRow>
{
    public Guid Id { get; set; }

    public string Name { get; set; } = "";

    public string Folder { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset LastOpenedAt { get; set; }

    public DateTimeOffset? RemovedAt { get; set; }

    public void Configure(EntityTypeBuilder<ProjectRow> builder)
    {
        builder.ToTable("projects");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}
