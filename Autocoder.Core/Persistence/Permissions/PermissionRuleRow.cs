using Autocoder.Core.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Permissions;

internal sealed class PermissionRuleRow
{
    public required Guid Id { get; init; }

    public required Guid ProjectId { get; init; }

    public required string Tool { get; init; }

    public required string Resource { get; init; }

    public required PermissionEffect Effect { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public required Guid ConversationId { get; init; }
}

internal sealed class PermissionRuleRowConfiguration : IEntityTypeConfiguration<PermissionRuleRow>
{
    public void Configure(EntityTypeBuilder<PermissionRuleRow> builder)
    {
        builder.ToTable("permission_rules");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Effect).HasConversion<string>();
        builder.HasIndex(row => new { row.ProjectId, row.Tool, row.Resource, row.Effect }).IsUnique();
    }
}
