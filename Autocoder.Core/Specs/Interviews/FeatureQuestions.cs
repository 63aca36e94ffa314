using Autocoder.Core.Conversations;
using Autocoder.Core.Specs.Composing;
using static Autocoder.Core.Specs.Interviews.InterviewQuestion;

namespace Autocoder.Core.Specs.Interviews;

/// <summary>What people see, do and keep; the quick choices; the areas.</summary>
internal static class FeatureQuestions
{
    public static IReadOnlyList<InterviewStage> Stages { get; } =
    [
        new(SpecPhase.Features,
            answers => (answers.StoresData ? "It will keep its data. " : "It will keep nothing, which makes it simple. ") + "Now the most important part. Imagine somebody opens it for the first time.",
            [
                Always(new Question(QuestionIds.FirstLook, "First look", "What do they see first?", [], Why: "It becomes the start page.", Placeholder: "Their lists, each with the number of open items, and a button to add one")),
                When(answers => answers.StoresData, new Question(QuestionIds.Entities, "Things", "What do people create and keep? Name the things, and in brackets what you know of each.", [], Why: "Each thing gets its own table and pages, and can be added, seen, changed and deleted.", Placeholder: "lists (name), items (name, due date, done), shares"))
                    .Checked((_, answer) => EntityParser.ParseOrAssume(AnswerText.Clean(answer.Text)).Count > 0 ? null
                        : "I could not find names of things in that. Please write them as a list, for example: lists, items (name, due date, done)."),
                Always(new Question(QuestionIds.Actions, "What they do", "What else can they do? One thing per line.", [], Why: "Each line becomes a feature that can be tested. Adding, changing and deleting your things is included already.", Placeholder: "move an item to another list\nrepeat an item every week", Required: false)),
            ]),
        new(SpecPhase.Features,
            Understood,
            [
                When(answers => answers.StoresData && EntityParser.IsUncertain(answers.Text(QuestionIds.Entities)),
                    new Question(QuestionIds.EntitiesAgain, "Right things?", "You wrote in sentences, so I may have got something wrong. Are these the things people keep?",
                        [new("right", "Yes, these are right", Recommended: true), new("change", "No, they are different", "Under “Other”, as a list: lists (name), items (name, due date)")],
                        Why: "Each of them gets its own table and pages.", Placeholder: "lists (name), items (name, due date, done)"))
                    .Checked((_, answer) => !answer.OptionIds.Contains("right") && EntityParser.Parse(AnswerText.Clean(answer.Text)).Count == 0
                        ? "Which things are they? Please write them under “Other” as a list, for example: lists, items (name, due date, done)." : null),
            ]),
        new(SpecPhase.Features,
            answers => (EntityParser.IsUncertain(answers.Text(QuestionIds.Entities)) && answers.ThingsQuestion is QuestionIds.Entities ? "Good. " : Understood(answers)) + "Four quick choices. Tick what you want; none is fine too.",
            [
                new InterviewQuestion(
                    new Question(QuestionIds.Basics, "Four choices", "Which of these should it have?",
                        [
                            new("accounts", "Accounts", "People sign in, and each sees their own things."),
                            new("mobile", "Made for phones too", "Everything works on a small screen.", Recommended: true),
                            new("search", "Search", "One field that finds everything."),
                            new("sharing", "Sharing", "People share things with each other. That needs accounts, so they come along."),
                        ], MultiSelect: true, Why: "Each of them changes a lot, so it is good to know now.", Required: false),
                    answers => answers.StoresData, (_, _) => null),
                When(answers => !answers.StoresData, new Question(QuestionIds.Basics, "Small screens", "Should everything work on a phone too?",
                    [new("mobile", "Yes", "Everything works on a small screen.", Recommended: true), new("desktop", "No, large screens only")], Why: "It decides how the pages are laid out.")),
            ]),
        new(SpecPhase.Features,
            _ => "Thank you. Many applications have one or more of these areas. Tick what fits yours, and leave out what you would not miss in the first version.",
            [
                new InterviewQuestion(
                    new Question(QuestionIds.Areas, "Areas", "Which areas should it have?",
                        [
                            new("filters", "Filters and order", "Show only some, and choose the order."), new("settings", "Settings and themes", "Light, dark, own preferences."),
                            new("dashboard", "Dashboard", "Numbers and charts at one glance."), new("roles", "Roles", "Not everybody may do everything."),
                            new("transfer", "Import and export", "Get data in and out as files."), new("notifications", "Notifications", "Tell people when something happens."),
                            new("comments", "Comments", "People write to each other on a thing."), new("tags", "Tags", "Own labels to group by."),
                            new("files", "Files", "Attach pictures and documents."), new("calendar", "Calendar", "See things by day, be reminded."),
                            new("history", "History", "What changed, and take it back."), new("offline", "Offline use", "It works without a connection."),
                        ], MultiSelect: true, Why: "Each brings two to four features with their tests. Fewer is quicker to build.", Required: false),
                    answers => answers.StoresData, (_, _) => null),
                When(answers => !answers.StoresData, new Question(QuestionIds.Areas, "Areas", "Should it have one of these?",
                    [new("settings", "Settings and themes", "Light, dark, own preferences."), new("offline", "Offline use", "It works without a connection.")],
                    MultiSelect: true, Why: "Both work without keeping data on a server.", Required: false)),
            ]),
    ];

    private static string Understood(InterviewAnswers answers)
    {
        var entities = EntityParser.ParseOrAssume(answers.Things);
        if (!answers.StoresData || entities.Count == 0)
        {
            return "Thank you. ";
        }

        var lines = entities.Select(entity =>
        {
            var belongs = entity.Parent is null ? "" : $", each belonging to {Noun.From(entity.Parent).A}";
            var fields = entity.Own.Any(field => !field.IsAssumed) ? entity.FieldList : entity.FieldList + " (assumed)";
            return $"- **{entity.Noun.Plural}** with {fields}{belongs}";
        });
        return $"This is what I understood:\n\n{string.Join('\n', lines)}\n\nYou can change it later. ";
    }
}
