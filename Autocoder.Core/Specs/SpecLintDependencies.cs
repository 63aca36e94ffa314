using static Autocoder.Core.Specs.SpecSeverity;

namespace Autocoder.Core.Specs;

/// <summary>Rules about what depends on what.</summary>
internal static class SpecLintDependencies
{
    public static IEnumerable<SpecFinding> Check(SpecDocument document)
    {
        var features = document.AllFeatures().DistinctBy(feature => feature.Id).ToDictionary(feature => feature.Id);
        foreach (var feature in features.Values)
        {
            foreach (var missing in feature.DependsOn.Where(id => !features.ContainsKey(id)))
            {
                yield return new SpecFinding(Error, "dependency_exists", feature.Id, $"{feature.Id} depends on {missing}, which is not in the document.");
            }

            if (feature.DependsOn.Count > SpecLimits.Dependencies)
            {
                yield return new SpecFinding(
                    Error, "dependency_limit", feature.Id, $"{feature.Id} depends on {feature.DependsOn.Count} features; at most {SpecLimits.Dependencies} are allowed.");
            }
        }

        if (Circle(features) is { Count: > 0 } circle)
        {
            yield return new SpecFinding(
                Error, "dependency_circle", circle[0], $"These features wait for each other, so none could ever begin: {string.Join(", ", circle)}.");
        }
    }

    // Takes away whatever depends on nothing that is left (Kahn). What cannot be taken away is on a circle or behind one.
    private static List<string> Circle(Dictionary<string, SpecFeature> features)
    {
        var waiting = features.ToDictionary(pair => pair.Key, pair => pair.Value.DependsOn.Where(features.ContainsKey).Distinct().Count());
        var dependents = features.Values
            .SelectMany(feature => feature.DependsOn.Distinct().Select(id => (id, feature.Id)))
            .ToLookup(pair => pair.id, pair => pair.Id);
        var ready = new Queue<string>(waiting.Where(pair => pair.Value == 0).Select(pair => pair.Key));
        while (ready.TryDequeue(out var id))
        {
            waiting.Remove(id);
            foreach (var dependent in dependents[id])
            {
                if (--waiting[dependent] == 0)
                {
                    ready.Enqueue(dependent);
                }
            }
        }

        return [.. waiting.Keys.Order(StringComparer.Ordinal)];
    }
}
