namespace Autocoder.Core.Persistence.Features;

/// <summary>A row of <c>feature_dependencies</c>: one feature waits for another of the same project.</summary>
internal sealed class FeatureDependencyRow
{
    public Guid ProjectId { get; set; }

    public int Number { get; set; }

    public int DependsOn { get; set; }
}
