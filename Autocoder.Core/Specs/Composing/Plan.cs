namespace Autocoder.Core.Specs.Composing;

/// <summary>Collects the parts of a specification. What comes first keeps its place; the same feature is never added twice.</summary>
internal sealed class Plan(PlanContext context)
{
    private readonly List<PlannedFeature> _features = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly List<SpecTable> _tables = [];
    private readonly Dictionary<string, (List<SpecEndpoint> Endpoints, string Note, SpecOrigin Origin)> _endpoints = new(StringComparer.Ordinal);
    private readonly List<SpecSection> _screens = [];

    public PlanContext Context { get; } = context;

    public IReadOnlyList<PlannedFeature> Features => _features;

    public IReadOnlyList<SpecTable> Tables => _tables;

    public IReadOnlyList<SpecSection> Screens => _screens;

    public IReadOnlyList<SpecEndpointGroup> EndpointGroups =>
        [.. _endpoints.Select(group => new SpecEndpointGroup(group.Key, group.Value.Endpoints, group.Value.Note, group.Value.Origin))];

    /// <summary>Adds a feature. One of the same name stands for it, so that what builds on it still has something to build on.</summary>
    public void Add(PlannedFeature feature)
    {
        if (_names.TryGetValue(feature.Name, out var existing))
        {
            _aliases.TryAdd(feature.Key, existing);
            return;
        }

        _names.Add(feature.Name, feature.Key);
        _features.Add(feature);
    }

    public void Add(SpecTable table)
    {
        if (!_tables.Any(known => known.Name == table.Name))
        {
            _tables.Add(table);
        }
    }

    public void Add(string group, SpecOrigin origin, string note, params ReadOnlySpan<SpecEndpoint> endpoints)
    {
        if (!_endpoints.TryGetValue(group, out var entry))
        {
            _endpoints[group] = entry = ([], note, origin);
        }

        foreach (var endpoint in endpoints)
        {
            if (!_endpoints.Values.Any(known => known.Endpoints.Any(other => other.Method == endpoint.Method && other.Path == endpoint.Path)))
            {
                entry.Endpoints.Add(endpoint);
            }
        }
    }

    public void Screen(string name, SpecOrigin origin, params IEnumerable<string> items) => _screens.Add(new SpecSection(name, [.. items], origin));

    /// <summary>The features, each with the keys that exist, infrastructure first among them, at most as many as are allowed.</summary>
    public IReadOnlyList<PlannedFeature> Resolve()
    {
        var keys = _features.Select(feature => feature.Key).ToHashSet(StringComparer.Ordinal);
        var ground = _features.Where(feature => feature.Key.StartsWith(InfrastructureFeatures.Prefix, StringComparison.Ordinal))
            .Select(feature => feature.Key).ToList();
        return [.. _features.Select(feature => feature with
        {
            After = [.. (ground.Contains(feature.Key) ? [] : ground).Concat(feature.After)
                .Select(key => _aliases.GetValueOrDefault(key, key))
                .Where(key => keys.Contains(key) && key != feature.Key)
                .Distinct()
                .Take(SpecLimits.Dependencies)],
        })];
    }
}
