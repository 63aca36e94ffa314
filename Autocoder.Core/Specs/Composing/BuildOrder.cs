using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>The steps of building: what others stand on first.</summary>
internal static class BuildOrder
{
    public static IReadOnlyList<SpecStep> Steps(
        InterviewAnswers answers, IReadOnlyList<PlannedFeature> features, IReadOnlyDictionary<string, string> numbers)
    {
        var steps = new List<SpecStep>
        {
            new("Foundation", answers.StoresData
                ? ["Set up frontend, backend and the script that starts both", "Create the database schema and the connection to it", $"Make the infrastructure features pass: {Ids("Infrastructure")}"]
                : ["Set up frontend, backend and the script that starts both", "Set up the automated tests"]),
        };
        var screensFirst = answers.Chose(QuestionIds.Order, "screens");
        if (screensFirst)
        {
            steps.Add(new SpecStep("Screens", ["Build all pages with their navigation and their empty states", "Connect them to the API step by step, as the following steps say"]));
        }

        var rest = features.Select(feature => feature.Category).Distinct().Where(category => category is not "Infrastructure").ToList();

        // Who is signed in decides what everything else may show, so accounts cannot come late.
        foreach (var category in rest.OrderBy(category => category switch { "Accounts" => 0, "Main experience" => 2, _ => 1 }).ThenBy(rest.IndexOf))
        {
            string[] tasks = screensFirst ? [$"Connect and finish: {Ids(category)}"] : [$"API, page and tests of: {Ids(category)}"];
            steps.Add(new SpecStep(category, tasks));
        }

        steps.Add(new SpecStep("Finish", ["Go through all test steps from the first to the last", "Look at every page, wide and narrow", "Write down in README.md how to start, test and deploy it"]));
        return steps;

        string Ids(string category) => string.Join(", ", features.Where(feature => feature.Category == category).Select(feature => numbers[feature.Key]));
    }
}
