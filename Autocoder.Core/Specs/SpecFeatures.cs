using Autocoder.Core.Features;
using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs;

/// <summary>Turns the features of a specification into what <c>feature_create_bulk</c> takes.</summary>
public static class SpecFeatures
{
    /// <summary>All features, each after those it depends on, otherwise in document order; within the limits of the backlog.</summary>
    /// <remarks>A circle, which <see cref="SpecLint"/> refuses, is cut where it would point forward.</remarks>
    public static IReadOnlyList<SpecFeatureDraft> ToDrafts(SpecDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var ordered = Order(document);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var drafts = new List<SpecFeatureDraft>(ordered.Count);
        foreach (var (category, feature) in ordered)
        {
            var dependsOn = feature.DependsOn.Where(places.ContainsKey).Select(id => places[id]).Distinct().Order().Take(FeatureLimits.Dependencies);
            drafts.Add(new SpecFeatureDraft(
                AnswerText.Shorten(OneLine(category, "General"), FeatureLimits.CategoryLength),
                Unique(AnswerText.Shorten(OneLine(feature.Name, feature.Id), FeatureLimits.NameLength), feature.Id, names),
                AnswerText.Shorten(feature.Behaviour.Length > 0 ? $"{feature.Behaviour} ({feature.Id})" : $"{feature.Name} ({feature.Id})", FeatureLimits.DescriptionLength),
                [.. feature.Steps.Where(step => step.Length > 0).DefaultIfEmpty($"Check by hand: {feature.Name}").Take(FeatureLimits.Steps).Select(step => AnswerText.Shorten(step, FeatureLimits.StepLength))],
                [.. dependsOn]));
            places.TryAdd(feature.Id, drafts.Count - 1);
        }

        return drafts;
    }

    private static List<(string Category, SpecFeature Feature)> Order(SpecDocument document)
    {
        var waiting = document.CoreFeatures.SelectMany(category => category.Features.Select(feature => (category.Name, feature))).ToList();
        var all = waiting.Select(pair => pair.feature.Id).ToHashSet(StringComparer.Ordinal);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        var ordered = new List<(string, SpecFeature)>(waiting.Count);
        while (waiting.Count > 0)
        {
            var next = waiting.FindIndex(pair => pair.feature.DependsOn.All(id => placed.Contains(id) || !all.Contains(id)));
            next = Math.Max(next, 0);
            ordered.Add(waiting[next]);
            placed.Add(waiting[next].feature.Id);
            waiting.RemoveAt(next);
        }

        return ordered;
    }

    // The backlog takes a name once; a document written by hand may use it twice.
    private static string Unique(string name, string id, HashSet<string> names) =>
        names.Add(name) ? name : Unique(AnswerText.Shorten(name, FeatureLimits.NameLength - id.Length - 4) + $" ({id})", id + "'", names);

    private static string OneLine(string text, string fallback) => AnswerText.OneLine(text) is { Length: > 0 } line ? line : fallback;
}
