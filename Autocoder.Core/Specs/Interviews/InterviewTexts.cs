using Autocoder.Core.Specs.Composing;

namespace Autocoder.Core.Specs.Interviews;

/// <summary>The longer texts: the breakdown, the outline, the summary. All of it is derived from the document.</summary>
internal static class InterviewTexts
{
    public static string Breakdown(InterviewAnswers answers)
    {
        var document = SpecComposer.Compose(answers);
        var rows = document.CoreFeatures.Select(category => $"| {Cell(category.Name)} | {category.Features.Count} | {Cell(Examples(category))} |");
        return $"From what you told me I derived **{Sentence.Count(document.FeatureCount, "feature")}** that can be tested one by one:\n\n"
            + $"| Area | Features | For example |\n| --- | ---: | --- |\n{string.Join('\n', rows)}\n\nThe whole list is in the draft beside this chat.";
    }

    public static string Outline(InterviewAnswers answers)
    {
        var document = SpecComposer.Compose(answers);
        var lines = new List<string>();
        foreach (var group in document.TechnologyStack.Where(group => group.Name is "frontend" or "backend"))
        {
            lines.Add($"- **{Noun.Capitalize(group.Name)}:** {Plain(string.Join(", ", group.Choices.Where(choice => choice.Key != "port").Select(choice => choice.Value)))}");
        }

        lines.Add(document.Tables.Count == 0
            ? "- **Data:** none is kept"
            : $"- **Data:** {Sentence.Count(document.Tables.Count, "table")}: {Plain(Sentence.Join(document.Tables.Select(table => table.Name)))}");
        lines.Add($"- **Server:** {Sentence.Count(document.EndpointGroups.Sum(group => group.Endpoints.Count), "address", "addresses")} for the pages to call");
        lines.Add($"- **Pages:** {Plain(document.UiLayout is [{ Items: [var frame, ..] }, ..] ? frame : "one page")}");
        lines.Add($"- **Order:** {Plain(Sentence.Join(document.ImplementationSteps.Select(step => step.Title), "then"))}");
        return $"This is how I would build it:\n\n{string.Join('\n', lines)}";
    }

    public static string Summary(InterviewAnswers answers)
    {
        var document = SpecComposer.Compose(answers);
        var assumed = document.AllFeatures().Count(feature => feature.Origin.Kind is SpecOriginKind.Assumed);
        var warnings = SpecLint.Check(document);
        var technology = document.TechnologyStack.SelectMany(group => group.Choices)
            .Where(choice => choice.Key is "framework" or "runtime" or "database").Select(choice => choice.Value);
        var check = warnings.Count == 0
            ? "The check of the rules found nothing."
            : $"The check of the rules has {Sentence.Count(warnings.Count, "remark")}; you find them beside the draft.";
        return $"That was everything. The summary:\n\n"
            + $"- **{Plain(document.ProjectName)}** – {Plain(AnswerText.Shorten(answers.Line(QuestionIds.What), 300))}\n"
            + $"- **{Sentence.Count(document.FeatureCount, "feature")}** in {Sentence.Count(document.CoreFeatures.Count, "area")}; {assumed} of them I derived without being told, they are marked as assumed\n"
            + $"- **Technology:** {Plain(string.Join(", ", technology))}\n"
            + $"- **Plan:** {Sentence.Count(document.ImplementationSteps.Count, "step")}, from {Plain(document.ImplementationSteps is [var first, ..] ? first.Title : "the first page")} to {Plain(document.ImplementationSteps is [.., var last] ? last.Title : "the last")}\n\n{check}";
    }

    // What people wrote is shown as text: no Markdown of theirs takes effect here.
    public static string Plain(string text) =>
        string.Concat(AnswerText.OneLine(text).Select(character => "\\`*_{}[]<>()#+!|~".Contains(character) ? "\\" + character : character.ToString()));

    private static string Cell(string text) => Plain(text);

    private static string Examples(SpecCategory category) => string.Join(", ", category.Features.Take(2).Select(feature => AnswerText.Shorten(feature.Name, 60)));
}
