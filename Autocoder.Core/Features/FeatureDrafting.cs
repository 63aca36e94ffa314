using System.Globalization;

namespace Autocoder.Core.Features;

/// <summary>Turns drafts into features of a backlog: all of them, or none.</summary>
internal static class FeatureDrafting
{
    /// <summary>Checks the drafts against the backlog they are to join and numbers them on from it.</summary>
    /// <exception cref="FeatureException">A draft breaks a rule; the message names the draft and the rule.</exception>
    public static IReadOnlyList<Feature> Draw(
        Guid projectId, IReadOnlyList<Feature> backlog, IReadOnlyList<FeatureDraft> drafts, DateTimeOffset now)
    {
        CheckCounts(backlog, drafts);
        var firstNumber = NextAfter(backlog.Select(feature => feature.Number));
        var firstPriority = NextAfter(backlog.Select(feature => feature.Priority));
        var known = backlog.Select(feature => feature.Number).ToHashSet();

        var drawn = new List<Feature>(drafts.Count);
        for (var index = 0; index < drafts.Count; index++)
        {
            var draft = drafts[index];
            var which = string.Create(CultureInfo.InvariantCulture, $"feature {index} of this call");
            drawn.Add(new Feature
            {
                ProjectId = projectId,
                Number = firstNumber + index,
                Priority = firstPriority + index,
                Category = FeatureText.Line(draft.Category, $"The category of {which}", FeatureLimits.CategoryLength),
                Name = FeatureText.Line(draft.Name, $"The name of {which}", FeatureLimits.NameLength),
                Description = FeatureText.Block(draft.Description, $"The description of {which}", FeatureLimits.DescriptionLength),
                Steps = Steps(draft, which),
                DependsOn = Dependencies(draft, index, firstNumber, known, which),
                CreatedAt = now,
                ChangedAt = now,
            });
        }

        RefuseDuplicates(backlog, drawn);
        return drawn;
    }

    private static int NextAfter(IEnumerable<int> values) => values.DefaultIfEmpty(0).Max() + 1;

    private static void CheckCounts(IReadOnlyList<Feature> backlog, IReadOnlyList<FeatureDraft> drafts)
    {
        if (drafts.Count is 0 or > FeatureLimits.FeaturesPerCall)
        {
            throw new FeatureException(
                $"One call creates 1 to {FeatureLimits.FeaturesPerCall} features, not {drafts.Count}. Nothing was created.");
        }

        if (backlog.Count + drafts.Count > FeatureLimits.FeaturesPerProject)
        {
            throw new FeatureException(
                $"The backlog has {backlog.Count} features and takes {FeatureLimits.FeaturesPerProject}; "
                + $"{drafts.Count} more do not fit. Nothing was created.");
        }
    }

    private static IReadOnlyList<string> Steps(FeatureDraft draft, string which)
    {
        if (draft.Steps.Count is 0 or > FeatureLimits.Steps)
        {
            throw new FeatureException(
                $"Say in 1 to {FeatureLimits.Steps} steps how to check {which}; it has {draft.Steps.Count}. Nothing was created.");
        }

        return [.. draft.Steps.Select(step => FeatureText.Line(step, $"A step of {which}", FeatureLimits.StepLength))];
    }

    private static int[] Dependencies(
        FeatureDraft draft, int index, int firstNumber, HashSet<int> known, string which)
    {
        foreach (var wanted in draft.DependsOnIndices)
        {
            if (wanted < 0 || wanted >= index)
            {
                throw new FeatureException(
                    $"The dependency index {wanted} of {which} is not an earlier feature of the same call; "
                    + $"only 0 to {index - 1} are. Nothing was created.");
            }
        }

        foreach (var wanted in draft.DependsOn)
        {
            if (!known.Contains(wanted))
            {
                throw new FeatureException(
                    $"{Capital(which)} depends on feature {wanted}, which is not in the backlog. Nothing was created.");
            }
        }

        int[] numbers = [.. draft.DependsOn.Concat(draft.DependsOnIndices.Select(earlier => firstNumber + earlier)).Distinct().Order()];
        return numbers.Length <= FeatureLimits.Dependencies
            ? numbers
            : throw new FeatureException(
                $"{Capital(which)} has {numbers.Length} dependencies; at most {FeatureLimits.Dependencies} are allowed. Nothing was created.");
    }

    // A repeated call is the usual way to get a name twice: an agent that was interrupted begins again.
    private static void RefuseDuplicates(IReadOnlyList<Feature> backlog, List<Feature> drawn)
    {
        const int MostNamed = 20;
        var seen = backlog.Select(feature => feature.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var twice = drawn.Where(feature => !seen.Add(feature.Name)).Select(feature => feature.Name).ToList();
        if (twice.Count == 0)
        {
            return;
        }

        var named = string.Join("; ", twice.Take(MostNamed));
        var rest = twice.Count > MostNamed ? $" and {twice.Count - MostNamed} more" : "";
        throw new FeatureException(
            $"{twice.Count} of the names are in the backlog already, or twice in this call: {named}{rest}. "
            + "Nothing was created. Leave them out, or give them other names.");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
