namespace Autocoder.Core.Features;

/// <summary>What depends on what in one backlog, and what follows from it. Pure; a picture of the moment it was made.</summary>
public sealed class FeatureGraph
{
    private readonly Dictionary<int, Feature> _features;
    private readonly ILookup<int, int> _dependents;

    /// <summary>Takes the whole backlog of one project.</summary>
    public FeatureGraph(IReadOnlyCollection<Feature> backlog)
    {
        _features = backlog.ToDictionary(feature => feature.Number);
        _dependents = backlog
            .SelectMany(feature => feature.DependsOn, (feature, dependency) => (dependency, feature.Number))
            .ToLookup(edge => edge.dependency, edge => edge.Number);
    }

    /// <summary>Whether a feature can be built now: not passing, not in progress, and all it depends on passes.</summary>
    public bool IsReady(Feature feature) =>
        feature is { Passes: false, InProgress: false } && BlockersOf(feature).Count == 0;

    /// <summary>The numbers a feature waits for: those it depends on that do not pass, or do not exist.</summary>
    public IReadOnlyList<int> BlockersOf(Feature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        return [.. feature.DependsOn.Where(number => !_features.TryGetValue(number, out var other) || !other.Passes)];
    }

    /// <summary>How many features that do not pass yet wait for one, directly or through others.</summary>
    public int ScoreOf(int number) => Dependents(number).Count(dependent => !_features[dependent].Passes);

    /// <summary>What can be built now, the best first: what unblocks most, then by priority, then by number.</summary>
    public IReadOnlyList<ReadyFeature> Ready() =>
    [
        .. _features.Values
            .Where(IsReady)
            .Select(feature => new ReadyFeature(feature, ScoreOf(feature.Number)))
            .OrderByDescending(ready => ready.Score)
            .ThenBy(ready => ready.Feature.Priority)
            .ThenBy(ready => ready.Feature.Number),
    ];

    /// <summary>What does not pass and waits for something, by priority, then by number.</summary>
    public IReadOnlyList<BlockedFeature> Blocked() =>
    [
        .. _features.Values
            .Where(feature => !feature.Passes)
            .Select(feature => new BlockedFeature(feature, BlockersOf(feature)))
            .Where(blocked => blocked.BlockedBy.Count > 0)
            .OrderBy(blocked => blocked.Feature.Priority)
            .ThenBy(blocked => blocked.Feature.Number),
    ];

    /// <summary>Whether making one feature depend on another would close a circle. A feature on itself does.</summary>
    public bool WouldCloseCycle(int number, int dependsOn) => number == dependsOn || Dependents(number).Contains(dependsOn);

    // Breadth first with a set of what was seen, so that even a damaged backlog with a circle in it ends.
    private HashSet<int> Dependents(int number)
    {
        var seen = new HashSet<int>();
        var waiting = new Queue<int>([number]);
        while (waiting.TryDequeue(out var current))
        {
            foreach (var dependent in _dependents[current])
            {
                if (seen.Add(dependent))
                {
                    waiting.Enqueue(dependent);
                }
            }
        }

        return seen;
    }
}
