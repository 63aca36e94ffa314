using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>What "done" means.</summary>
internal static class SuccessChoices
{
    public static IReadOnlyList<SpecSection> Compose(InterviewAnswers answers, int features)
    {
        if (!answers.Has(QuestionIds.Polish))
        {
            return [];
        }

        var musts = answers.Lines(QuestionIds.MustHaves);
        var special = answers.Lines(QuestionIds.Special);
        string[] kept = answers.StoresData ? ["What was saved is still there after the server was restarted"] : [];
        string[] polish = answers.Choice(QuestionIds.Polish) switch
        {
            "working" => ["Pages are plain and readable; no element overlaps another one"],
            "polished" => ["Spacing, colours and type follow the design system on every page", "Loading, empty and failed states are designed, not left over", "The pages are looked at, light and dark, at 1440 and at 390 pixels"],
            _ => ["Spacing, colours and type follow the design system on every page", "Nothing overlaps or is cut off at 1440 and at 390 pixels"],
        };
        return
        [
            new SpecSection("functionality", [.. musts, $"All {Sentence.Count(features, "feature")} pass their test steps", .. kept], musts.Count > 0 ? SpecOrigin.Answer(QuestionIds.MustHaves) : SpecOrigin.Assumed),
            new SpecSection("user_experience", ["Everything can be done with the keyboard alone", "Every error says what happened and what to do next", "A page answers a click within one second on an ordinary computer"], SpecOrigin.Assumed),
            new SpecSection("technical_quality", ["The browser's console and the server's log show no error during the test steps", "Every request is checked on the server, whatever the page did before", "Automated tests cover the rules of the features", .. special], special.Count > 0 ? SpecOrigin.Answer(QuestionIds.Special) : SpecOrigin.Assumed),
            new SpecSection("design_polish", polish, SpecOrigin.Answer(QuestionIds.Polish)),
        ];
    }
}
