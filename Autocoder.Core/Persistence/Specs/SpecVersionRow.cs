using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Specs;

internal sealed class SpecVersionRow
{
    public required Guid ProjectId { get; init; }

    public required int Version { get; init; }

    public required string? Document { get; init; }

    public required string AppSpec { get; init; }

    public required string Hash { get; init; }

    public required DateTimeOffset ApprovedAt { get; init; }

    public required Guid? ConversationId { get; init; }
}

internal sealed class SpecVersionRowConfiguration : IEntityTypeConfiguration<SpecVersionRow>
{
    public void Configure(EntityTypeBuilder<SpecVersionRow> builder)
    {
        builder.ToTable("spec_versions");
        builder.HasKey(row => new { row.ProjectId, row.Version });
    }
}
