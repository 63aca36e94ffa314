using Autocoder.Core.Conversations;
using static Autocoder.Core.Specs.Interviews.InterviewQuestion;

namespace Autocoder.Core.Specs.Interviews;

/// <summary>Overview, involvement, technology.</summary>
internal static class OpeningQuestions
{
    public static IReadOnlyList<InterviewStage> Stages { get; } =
    [
        new(SpecPhase.Overview,
            answers => answers.Has(QuestionIds.What)
                ? "Thank you, I take what you wrote as the description of the idea. Nothing is written into your project until you approve it at the end, and every answer can be changed later.\n\nTwo things to begin with."
                : "Let's write down what you want to build, step by step. Nothing is written into your project until you approve it at the end, and every answer can be changed later.\n\nFirst, the idea itself.",
            [
                Always(new Question(QuestionIds.Name, "Name", "What should it be called?", [], Why: "The name stands in the title of the application and at the top of the specification.", Placeholder: "Shared lists"))
                    .Checked((_, answer) => AnswerText.Clean(answer.Text).Any(char.IsLetterOrDigit) ? null : "A name needs at least one letter or digit."),
                Always(new Question(QuestionIds.What, "The idea", "What is it, and which problem does it solve?", [], Why: "Everything else follows from this. Two or three sentences are plenty.", Placeholder: "A to-do app in which a household shares lists, so that nobody buys milk twice."))
                    .Checked((_, answer) => AnswerText.Clean(answer.Text).Count(char.IsLetter) >= 10 ? null : "I need a little more about the idea: what can one do with it? One whole sentence is enough."),
                Always(new Question(QuestionIds.Who, "Who uses it", "Who will use it?", [], Why: "A tool for yourself needs less than one for strangers.", Placeholder: "My family, five people, mostly on their phones")),
            ]),
        new(SpecPhase.Involvement,
            _ => "Now, how much do you want to decide yourself?",
            [
                Always(new Question(QuestionIds.Depth, "Involvement", "Who decides the technical matters?",
                    [
                        new("quick", "Quick", "I design database, pages and structure from what you tell me, and you look at the result.", Recommended: true),
                        new("detailed", "Detailed", "You also decide about technology, tables, layout and look."),
                    ], Why: "Quick takes a few minutes. Detailed asks about twice as many questions.")),
            ]),
        new(SpecPhase.Technology,
            answers => answers.IsDetailed ? "Good, we go into the details. What should it be built with?" : "Good, I keep the technical part short.",
            [
                Always(new Question(QuestionIds.Storage, "Keeping data", "Must what people enter still be there the next time?",
                    [
                        new("yes", "Yes, keep it", "Lists, accounts, bookings: it is stored in a database.", Recommended: true),
                        new("no", "No, nothing is kept", "A calculator or a converter: all is gone when the page is closed."),
                        new("unsure", "I am not sure", "I plan with a database; it can be left out later."),
                    ], Why: "It decides whether there is a database, and brings five features that prove it really keeps things.")),
                When(answers => !answers.IsDetailed, new Question(QuestionIds.Defaults, "Technology", "Is the usual technology all right?",
                    [
                        new("accept", "Use the usual", "React for the pages, Node.js for the server, SQLite for data.", Recommended: true),
                        new("prefer", "I have preferences", "You say which in the next question."),
                    ], Why: "If these names mean nothing to you, take the usual. It works for nearly everything.")),
                When(answers => answers.IsDetailed, new Question(QuestionIds.Frontend, "Frontend", "What should the pages be made with?",
                    [
                        new("react", "React", "The most used; most help can be found.", Recommended: true), new("vue", "Vue", "A little simpler to read."),
                        new("svelte", "Svelte", "Small and direct."), new("plain", "No framework", "Plain HTML, CSS and JavaScript."),
                    ], Why: "It decides how the pages are written, not what they can do.")),
                When(answers => answers.IsDetailed, new Question(QuestionIds.Backend, "Backend", "What should the server run on?",
                    [
                        new("node", "Node.js", "The same language as the pages.", Recommended: true), new("python", "Python", "With FastAPI."),
                        new("dotnet", ".NET", "With ASP.NET Core."), new("go", "Go", "One program without anything beside it."),
                    ], Why: "Take what whoever maintains it knows best.")),
                When(answers => answers.IsDetailed, new Question(QuestionIds.OtherTechnology, "Anything else", "Is there other technology it must use, or must not?", [], Why: "For example a library, a host, or a service you pay for already.", Placeholder: "It must run in one Docker container", Required: false)),
            ]),
        new(SpecPhase.Technology,
            answers => answers.IsDetailed ? "And where should the data live?" : "Tell me what you prefer; what you leave open I take from the usual.",
            [
                When(answers => !answers.IsDetailed && answers.Chose(QuestionIds.Defaults, "prefer") && answers.Line(QuestionIds.Defaults).Length == 0,
                    new Question(QuestionIds.Preferences, "Preferences", "Which technology would you like?", [], Why: "It goes into the specification in your words.", Placeholder: "Vue and Python, PostgreSQL if possible")),
                When(answers => answers.IsDetailed && answers.StoresData, new Question(QuestionIds.Database, "Database", "Which database?",
                    [
                        new("sqlite", "SQLite", "One file, nothing to install. Good for up to a few hundred users.", Recommended: true),
                        new("postgresql", "PostgreSQL", "A server of its own, for many users at once."), new("mysql", "MySQL", "If that is what your host offers."),
                    ], Why: "It can be changed later, but not for free.")),
            ]),
    ];
}
