using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Features;

internal sealed class FeatureRowConfiguration : IEntityTypeConfiguration<FeatureRow>
{
    public void Configure(EntityTypeBuilder<FeatureRow> builder)
    {
        builder.ToTable("features");
        builder.HasKey(row => row.Id);
        builder.HasAlternateKey(row => new { row.ProjectId, row.Number });
    }
}
