using Autocoder.Core.Conversations;
using Autocoder.Core.Specs.Composing;
using static Autocoder.Core.Specs.Interviews.InterviewQuestion;

namespace Autocoder.Core.Specs.Interviews;

/// <summary>Technical details, success, review.</summary>
internal static class ClosingQuestions
{
    public static IReadOnlyList<InterviewStage> Stages { get; } =
    [
        new(SpecPhase.TechnicalDetails,
            InterviewTexts.Outline,
            [
                When(answers => !answers.IsDetailed, new Question(QuestionIds.Outline, "Outline", "Does this sound right?",
                    [
                        new("right", "Yes, that sounds right", Recommended: true),
                        new("change", "Something should be different", "Say what under “Other”; it goes into the specification."),
                    ], Why: "You need not understand every word. Look whether your things are there."))
                    .Checked((_, answer) => answer.OptionIds.Contains("change") && AnswerText.Clean(answer.Text).Length == 0
                        ? "What should be different? Please say it under “Other” in your own words." : null),
                When(answers => answers.IsDetailed && answers.StoresData, new Question(QuestionIds.Tables, "Tables", "Should a table have other columns, or is a table missing?",
                    [new("keep", "Keep them as they are", Recommended: true), new("change", "Change them", "Under “Other”, as before: items (name, due date, priority), stores (name)")],
                    Why: "What you name here is added to what the tables have.", Placeholder: "items (priority), stores (name)"))
                    .Checked((_, answer) => answer.OptionIds.Contains("change") && EntityParser.Parse(AnswerText.Clean(answer.Text)).Count == 0
                        ? "I could not read the tables. Please write them like this: items (name, priority), stores (name)." : null),
                When(answers => answers.IsDetailed, new Question(QuestionIds.Api, "API", "How should pages and server talk to each other?",
                    [new("rest", "REST with JSON", "Simple, and everybody knows it.", Recommended: true), new("graphql", "GraphQL", "When other programs need many different views of the data.")],
                    Why: "It matters when other programs are to use the server too.")),
                When(answers => answers.IsDetailed, new Question(QuestionIds.Layout, "Layout", "How should the pages be laid out?",
                    [
                        new("sidebar", "A menu on the left", "Good for several areas.", Recommended: true), new("top", "A menu at the top", "Good for a few pages."),
                        new("single", "One page, no menu", "Good for one purpose."),
                    ], Why: "It is what people see all the time.")),
                When(answers => answers.IsDetailed, new Question(QuestionIds.Look, "Look", "How should it look?",
                    [new("calm", "Calm and light", "White, grey, blue.", Recommended: true), new("dark", "Dark", "Light text on dark ground."), new("colourful", "Colourful", "Warm ground, strong colours.")],
                    Why: "Colours are chosen so that everybody can read the text.")),
                When(answers => answers.IsDetailed, new Question(QuestionIds.Order, "Building order", "What should be built first?",
                    [new("data", "Data first", "Each area from the database up to the page.", Recommended: true), new("screens", "Screens first", "All pages early, connected step by step.")],
                    Why: "Screens first shows something early; data first finds mistakes early.")),
            ]),
        new(SpecPhase.Success,
            _ => "Nearly there. How will you know that it is done?",
            [
                Always(new Question(QuestionIds.MustHaves, "Must-haves", "What must work on the day it is done? One thing per line.", [], Why: "When time runs short, this comes first.", Placeholder: "Two people see the same list within five seconds", Required: false)),
                Always(new Question(QuestionIds.Polish, "Polish", "How finished should it look?",
                    [new("solid", "Tidy and reliable", Recommended: true), new("working", "It just has to work", "A first try, for yourself."), new("polished", "Finished in every detail", "You want to show it to others.")],
                    Why: "The last tenth takes about as long as all the rest.")),
                Always(new Question(QuestionIds.Special, "Special demands", "Is there anything else that it must meet? One thing per line.", [], Why: "For example a law, a language, a screen reader, a number of users.", Placeholder: "All texts in German and English", Required: false)),
            ]),
        new(SpecPhase.Review,
            InterviewTexts.Summary,
            [
                Always(new Question(QuestionIds.Decision, "Your decision", "Shall I finish the specification?",
                    [new("generate", "Yes, finish it", "Nothing is written yet: you approve it on the page.", Recommended: true), new("changes", "I have changes", "You say which part, and we go through it again.")],
                    Why: "The specification is what the coding agent works from.")),
            ]),
    ];

    /// <summary>Asked after "I have changes", and whenever a person writes after the end.</summary>
    public static Question Revisit { get; } = new(
        QuestionIds.Revisit, "Which part?", "Which part would you like to go through again?",
        [.. SpecPhases.All.Where(phase => phase is not SpecPhase.Review).Select(phase => new QuestionOption(PhaseId(phase), SpecPhases.Title(phase), SpecPhases.About(phase)))],
        Why: "I ask its questions again and show what you answered before. Everything else stays.");

    public static string PhaseId(SpecPhase phase) => phase.ToString().ToLowerInvariant();

    public static SpecPhase? PhaseOf(Answer answer)
    {
        foreach (var phase in SpecPhases.All)
        {
            if (answer.OptionIds.Contains(PhaseId(phase)))
            {
                return phase;
            }
        }

        return null;
    }
}
