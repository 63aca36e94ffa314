using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Specs.Composing;

/// <summary>Layout, look and the flows people go through.</summary>
internal sealed class DesignChoices(Plan plan)
{
    private readonly PlanContext _context = plan.Context;
    private readonly InterviewAnswers _answers = plan.Context.Answers;

    public IReadOnlyList<SpecSection> Layout()
    {
        var pages = _context.Entities.Where(entity => entity.Parent is null).Select(entity => entity.Noun.Title)
            .Concat(_context.HasArea("dashboard") ? ["Dashboard"] : Array.Empty<string>())
            .Concat(_context.HasArea("calendar") ? ["Calendar"] : Array.Empty<string>())
            .Concat(_context.HasArea("settings") ? ["Settings"] : Array.Empty<string>()).ToList();
        var menu = pages.Count == 0 ? "the start page" : Sentence.Join(pages);
        var frame = _answers.Choice(QuestionIds.Layout) switch
        {
            "top" => $"A bar at the top with the name and links to {menu}; the content below it, at most 1100 pixels wide",
            "single" => "One column in the middle of the page, at most 720 pixels wide, without a menu; everything is reached from the start page",
            _ when _answers.Line(QuestionIds.Layout) is { Length: > 0 } own => AnswerText.Shorten(own, 500),
            _ => $"A sidebar on the left with links to {menu}; the content on the right. Below 720 pixels the sidebar folds away behind a button",
        };
        string[] extra = _answers.Chose(QuestionIds.Basics, "search") ? ["The search field is at the top of every page"] : [];
        return
        [
            new SpecSection("main_structure", [frame, .. extra], _answers.Has(QuestionIds.Layout) ? SpecOrigin.Answer(QuestionIds.Layout) : SpecOrigin.Assumed),
            .. plan.Screens,
            new SpecSection("modals_overlays", ["Confirmations name what will happen and to what; Escape and Cancel do nothing else than close", "Forms keep what was typed when saving fails", "Short notes in the lower right corner say what was done, and go after five seconds"], SpecOrigin.Assumed),
        ];
    }

    public IReadOnlyList<SpecSection> Design()
    {
        var origin = _answers.Has(QuestionIds.Look) ? SpecOrigin.Answer(QuestionIds.Look) : SpecOrigin.Assumed;
        string[] colours = _answers.Choice(QuestionIds.Look) switch
        {
            "dark" => ["Background #14171c, surfaces #1d2128, text #e7eaee, quiet text #9aa3ad", "Accent #5aa9e6, success #4cc38a, warning #e5b454, danger #f2777a"],
            "colourful" => ["Background #fffaf3, surfaces #ffffff, text #2b2140, quiet text #6b6280", "Accent #d6336c, second accent #1098ad, success #2b8a3e, warning #b35c00, danger #c92a2a"],
            _ => ["Background #f7f8fa, surfaces #ffffff, text #1f2430, quiet text #5b6472", "Accent #2563a8, success #2b7a4b, warning #9a6200, danger #b3261e"],
        };
        var own = _answers.Line(QuestionIds.Look) is { Length: > 0 } words ? new[] { AnswerText.Shorten(words, 500) } : [];
        return
        [
            new SpecSection("color_palette", [.. own, .. colours, "Text has a contrast of at least 4.5:1 on its background"], origin),
            new SpecSection("typography", ["The system's own font; 16 pixels for text, 14 for side notes, 22 and 28 for headings", "Line height 1.5 for text, 1.25 for headings"], SpecOrigin.Assumed),
            new SpecSection("components", ["Buttons, fields and cards with a radius of 8 pixels and spacing in steps of 4", "Every control shows its keyboard focus with a ring of 2 pixels"], SpecOrigin.Assumed),
            new SpecSection("animations", ["At most 150 milliseconds, only for things that appear or go; none when the system asks for reduced motion"], SpecOrigin.Assumed),
        ];
    }

    public IReadOnlyList<SpecSection> Interactions()
    {
        var flows = new List<SpecSection>();
        if (_context.Main is { } main)
        {
            var child = _context.ChildrenOf(main).FirstOrDefault();
            string[] inner = child is null ? [] : [$"Open it and add {child.Noun.A}", $"Change the {child.Noun.Singular} in place"];
            flows.Add(new SpecSection("A typical visit", [_context.Start, $"See the {main.Noun.Plural}", $"Press Add {main.Noun.Singular}, enter its {main.Label.Name} and save", .. inner, "Close the page; next time everything is as it was left"], SpecOrigin.Assumed));
            if (_answers.HasSharing)
            {
                flows.Add(new SpecSection("Sharing", [$"Open {main.Noun.A} and press Share", "Enter the other person's email and the right to give", $"The other person signs in and finds the {main.Noun.Singular} in their list, marked as shared"], SpecOrigin.Answer(QuestionIds.Basics)));
            }
        }

        return flows;
    }
}
