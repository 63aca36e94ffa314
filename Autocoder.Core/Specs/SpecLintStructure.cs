using static Autocoder.Core.Specs.SpecSeverity;

namespace Autocoder.Core.Specs;

/// <summary>Rules about ids, counts and what must not be empty.</summary>
internal static class SpecLintStructure
{
    public static IEnumerable<SpecFinding> Check(SpecDocument document) =>
        Ids(document).Concat(Count(document)).Concat(Empty(document)).Concat(Features(document)).Concat(Names(document));

    private static IEnumerable<SpecFinding> Ids(SpecDocument document) =>
        document.AllFeatures().Select(feature => feature.Id)
            .Concat(document.Requirements.Select(requirement => requirement.Id))
            .GroupBy(id => id, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => new SpecFinding(Error, "ids_unique", group.Key, $"The id {group.Key} is used {group.Count()} times; an id names one thing."));

    private static IEnumerable<SpecFinding> Count(SpecDocument document)
    {
        var actual = document.AllFeatures().Count();
        if (document.FeatureCount != actual)
        {
            yield return new SpecFinding(
                Error, "counts_agree", "feature_count", $"The document states {document.FeatureCount} features but holds {actual}.");
        }
    }

    private static IEnumerable<SpecFinding> Empty(SpecDocument document)
    {
        if (string.IsNullOrWhiteSpace(document.ProjectName))
        {
            yield return new SpecFinding(Error, "section_empty", "project_name", "The project has no name.");
        }

        if (string.IsNullOrWhiteSpace(document.Overview))
        {
            yield return new SpecFinding(Error, "section_empty", "overview", "Nothing says what is being built.");
        }

        if (!document.AllFeatures().Any())
        {
            yield return new SpecFinding(Error, "section_empty", "core_features", "There is no feature yet, so there is nothing to build.");
        }

        foreach (var (name, isEmpty) in Optional(document).Where(section => section.IsEmpty))
        {
            yield return new SpecFinding(Warning, "section_empty", name, $"The section {name} is empty; whoever builds the application has to guess.");
        }
    }

    private static IEnumerable<(string Name, bool IsEmpty)> Optional(SpecDocument document) =>
    [
        ("technology_stack", document.TechnologyStack.All(group => group.Choices.Count == 0)),
        ("prerequisites", document.Prerequisites.Count == 0),
        ("database_schema", document.Tables.Count == 0 && document.DatabaseNote.Length == 0),
        ("ui_layout", document.UiLayout.All(section => section.Items.Count == 0)),
        ("design_system", document.DesignSystem.All(section => section.Items.Count == 0)),
        ("implementation_steps", document.ImplementationSteps.Count == 0),
        ("success_criteria", document.SuccessCriteria.All(section => section.Items.Count == 0)),
    ];

    private static IEnumerable<SpecFinding> Features(SpecDocument document)
    {
        foreach (var category in document.CoreFeatures.Where(category => category.Features.Count == 0))
        {
            yield return new SpecFinding(Warning, "category_empty", $"core_features/{category.Name}", $"The category {category.Name} has no features.");
        }

        foreach (var feature in document.AllFeatures())
        {
            if (string.IsNullOrWhiteSpace(feature.Name))
            {
                yield return new SpecFinding(Error, "feature_named", feature.Id, $"{feature.Id} has no name.");
            }

            if (feature.Behaviour.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length < 4)
            {
                yield return new SpecFinding(
                    Warning, "feature_testable", feature.Id, $"{feature.Id} does not say who does what and what is then to be seen.");
            }

            if (feature.Steps.Count == 0)
            {
                yield return new SpecFinding(Warning, "feature_testable", feature.Id, $"{feature.Id} has no test steps, so nobody can tell when it works.");
            }
        }
    }

    private static IEnumerable<SpecFinding> Names(SpecDocument document) =>
        document.AllFeatures()
            .Where(feature => !string.IsNullOrWhiteSpace(feature.Name))
            .GroupBy(feature => feature.Name.Trim(), StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => new SpecFinding(
                Error, "features_differ", group.Last().Id, $"{string.Join(" and ", group.Select(feature => feature.Id))} have the same name, '{group.Key}'; remove one or say how they differ."));
}
