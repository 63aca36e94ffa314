namespace Autocoder.Core.Persistence.Features;

/// <summary>A row of <c>features</c>.</summary>
internal sealed class FeatureRow
{
    public long Id { get; set; }

    public Guid ProjectId { get; set; }

    public int Number { get; set; }

    public int Priority { get; set; }

    public required string Category { get; set; }

    public required string Name { get; set; }

    public required string Description { get; set; }

    /// <summary>A JSON array of texts.</summary>
    public required string Steps { get; set; }

    public bool Passes { get; set; }

    public bool InProgress { get; set; }

    public string? Evidence { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public DateTimeOffset? LastCheckedAt { get; set; }
}
