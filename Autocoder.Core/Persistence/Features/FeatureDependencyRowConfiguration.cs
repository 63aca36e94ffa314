using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Features;

internal sealed class FeatureDependencyRowConfiguration : IEntityTypeConfiguration<FeatureDependencyRow>
{
    public void Configure(EntityTypeBuilder<FeatureDependencyRow> builder)
    {
        builder.ToTable("feature_dependencies");
        builder.HasKey(row => new { row.ProjectId, row.Number, row.DependsOn });

        // The database itself refuses a dependency on a feature that is not there, or of another project.
        builder.HasOne<FeatureRow>().WithMany()
            .HasForeignKey(row => new { row.ProjectId, row.Number })
            .HasPrincipalKey(feature => new { feature.ProjectId, feature.Number })
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<FeatureRow>().WithMany()
            .HasForeignKey(row => new { row.ProjectId, row.DependsOn })
            .HasPrincipalKey(feature => new { feature.ProjectId, feature.Number })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
