namespace Autocoder.Core.Engines.Models.Offline.Looking;

/// <summary>A feature as the feature tools show it; what a tool leaves out is absent here too.</summary>
internal sealed record BacklogEntry
{
    public int Id { get; init; }

    public string Category { get => field ?? ""; init; }

    public string Name { get => field ?? ""; init; }

    public string Description { get => field ?? ""; init; }

    public IReadOnlyList<string> Steps { get => field ?? []; init; }

    public IReadOnlyList<int> DependsOn { get => field ?? []; init; }

    public IReadOnlyList<int> BlockedBy { get => field ?? []; init; }

    public bool Passes { get; init; }

    public bool InProgress { get; init; }

    public string? Evidence { get; init; }
}
