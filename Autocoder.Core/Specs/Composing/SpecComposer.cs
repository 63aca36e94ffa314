using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Builds the specification that answers come to. Pure: the same answers give the same document.</summary>
public static class SpecComposer
{
    /// <summary>The document so far. What was not asked yet is left out, or marked as assumed.</summary>
    public static SpecDocument Compose(InterviewAnswers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var plan = SpecPlanner.Make(answers);
        var features = plan.Resolve();
        var numbers = SpecNumbering.Features(answers, features);
        var isStateless = answers.Has(QuestionIds.Storage) && !answers.StoresData;
        var knowsFeatures = answers.Has(QuestionIds.FirstLook);
        var design = new DesignChoices(plan);
        return new SpecDocument
        {
            ProjectName = AnswerText.Shorten(answers.Line(QuestionIds.Name), 80),
            Overview = Overview(answers),
            TechnologyStack = TechnologyChoices.Compose(answers),
            Prerequisites = TechnologyChoices.Prerequisites(answers),
            FeatureCount = features.Count,
            Access = knowsFeatures ? AccessChoices.Compose(plan.Context) : SpecAccess.Open,
            CoreFeatures = Categories(features, numbers),
            DatabaseNote = isStateless ? "none, stateless" : "",
            Tables = plan.Tables,
            EndpointGroups = EndpointGroups(plan, knowsFeatures),
            UiLayout = knowsFeatures ? design.Layout() : [],
            DesignSystem = knowsFeatures ? design.Design() : [],
            KeyInteractions = knowsFeatures ? design.Interactions() : [],
            ImplementationSteps = knowsFeatures ? BuildOrder.Steps(answers, features, numbers) : [],
            SuccessCriteria = SuccessChoices.Compose(answers, features.Count),
            Requirements = SpecNumbering.Requirements(answers),
        };
    }

    private static string Overview(InterviewAnswers answers)
    {
        var what = answers.Text(QuestionIds.What);
        var who = answers.Line(QuestionIds.Who).TrimEnd('.');
        return who.Length == 0 ? what : $"{what}{(what.Length == 0 || char.IsPunctuation(what[^1]) ? "" : ".")}\nIt is used by: {who}.".Trim();
    }

    private static IReadOnlyList<SpecCategory> Categories(IReadOnlyList<PlannedFeature> features, IReadOnlyDictionary<string, string> numbers) =>
        [.. features.GroupBy(feature => feature.Category).Select(category => new SpecCategory(category.Key, [.. category.Select(feature => new SpecFeature(
            numbers[feature.Key], feature.Name, feature.Behaviour, feature.Steps,
            [.. feature.After.Select(key => numbers[key]).OrderBy(id => id.Length).ThenBy(id => id, StringComparer.Ordinal)], feature.Origin))]))];

    private static IReadOnlyList<SpecEndpointGroup> EndpointGroups(Plan plan, bool knowsFeatures)
    {
        if (!knowsFeatures)
        {
            return [];
        }

        var health = new SpecEndpointGroup(
            "health", [new SpecEndpoint("GET", "/api/health", "say whether the server and its database work")], "It works on no table.", SpecOrigin.Assumed);
        return [health, .. plan.EndpointGroups];
    }
}
