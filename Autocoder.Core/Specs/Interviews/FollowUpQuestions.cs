using Autocoder.Core.Conversations;
using Autocoder.Core.Specs.Composing;
using static Autocoder.Core.Specs.Interviews.InterviewQuestion;

namespace Autocoder.Core.Specs.Interviews;

/// <summary>Asked only where something was chosen that needs it; then the breakdown.</summary>
internal static class FollowUpQuestions
{
    public static IReadOnlyList<InterviewStage> Stages { get; } =
    [
        new(SpecPhase.Features,
            _ => "A few questions about who gets in.",
            [
                When(answers => answers.HasAccounts, new Question(QuestionIds.Login, "Signing in", "How do people sign in?",
                    [
                        new("password", "Email and password", "Everybody knows it.", Recommended: true),
                        new("link", "A link by email", "No password to forget; it needs a mail service."),
                    ], Why: "It decides which pages and which rules are needed.")),
                When(answers => answers.HasAccounts, new Question(QuestionIds.Timeout, "Staying signed in", "How long do people stay signed in?",
                    [
                        new("month", "30 days", "Comfortable, for everyday things.", Recommended: true), new("day", "One day", "A balance."),
                        new("hour", "One hour", "For things nobody else may see."),
                    ], Why: "Short is safer on shared computers, long is more comfortable.")),
                When(answers => answers.HasSharing, new Question(QuestionIds.SharingMode, "Sharing", "What may people do with what was shared with them?",
                    [
                        new("both", "The owner chooses", "View only or edit, for each person.", Recommended: true), new("view", "Only look at it"),
                        new("joint", "Work on it together", "Everybody it is shared with can change it."),
                    ], Why: "Working together needs rules for two changes at the same time.")),
                When(answers => Has(answers, "roles"), new Question(QuestionIds.Roles, "Roles", "Which kinds of people are there?",
                    [
                        new("admin", "Admins and users", "Admins see everything and manage the people.", Recommended: true),
                        new("team", "Admins, editors and readers", "Readers only look."),
                    ], Why: "Under “Other”, name your own, for example: owner, barber, customer.")),
                When(answers => answers.HasAccounts && answers.IsDetailed, new Question(QuestionIds.Passwords, "Passwords", "Which rule do passwords have to keep?",
                    [new("length", "At least 10 characters", "What experts recommend today.", Recommended: true), new("strict", "12, with digits and signs", "If a rule book demands it.")],
                    Why: "Length protects more than strange signs.")) with { Applies = answers => answers.HasAccounts && answers.IsDetailed && !answers.Chose(QuestionIds.Login, "link") },
            ]),
        new(SpecPhase.Features,
            _ => "And some about what you chose.",
            [
                When(answers => answers.StoresData && EntityParser.ParseOrAssume(answers.Things).Any(entity => entity.Parent is not null),
                    new Question(QuestionIds.OnDelete, "Deleting", "When something is deleted, what happens to what belongs to it?",
                    [
                        new("cascade", "It is deleted too", "The question before says how many.", Recommended: true), new("block", "Deleting is refused", "First it has to be empty."),
                        new("trash", "All of it goes to a trash", "It can be restored for 30 days."),
                    ], Why: "It is the most common way to lose data by mistake.")),
                When(answers => Has(answers, "dashboard"), new Question(QuestionIds.Numbers, "Numbers", "Which numbers should the dashboard show?", [], Why: "Left empty, I take how many there are and what is new.", Placeholder: "open items, items done this week", Required: false)),
                When(answers => Has(answers, "transfer"), new Question(QuestionIds.Formats, "Formats", "In which form?",
                    [new("csv", "CSV", "For spreadsheets.", Recommended: true), new("json", "JSON", "For other programs."), new("pdf", "PDF", "For printing; export only.")],
                    MultiSelect: true, Why: "Each format is a feature to build and to test.")),
                When(answers => Has(answers, "notifications"), new Question(QuestionIds.Channels, "Notifications", "How are people told?",
                    [new("app", "In the application", "A bell at the top.", Recommended: true), new("email", "By email", "It needs a mail service."), new("both", "Both")],
                    Why: "Mail reaches people who are not there, and costs more to build.")),
                When(answers => Has(answers, "files"), new Question(QuestionIds.FileKinds, "Files", "Which files can be attached?",
                    [new("images", "Pictures"), new("documents", "Documents"), new("any", "Any that cannot run", "Programs and scripts are refused.", Recommended: true)],
                    Why: "Fewer kinds are easier to show and safer.")),
            ]),
        new(SpecPhase.Features,
            _ => "Because you want the details: a few things that often come up late.",
            [
                When(answers => answers.IsDetailed && answers.HasAccounts, new Question(QuestionIds.Refused, "Closed pages", "What does somebody see who may not see a page?",
                    [new("sign-in", "The sign-in page", "Afterwards they get to the page they wanted.", Recommended: true), new("message", "A message that it is not for them")],
                    Why: "A closed page must not show anything, not even for a moment.")),
                When(answers => answers.IsDetailed, new Question(QuestionIds.Sensitive, "Confirmations", "Beside deleting, what should ask before it happens? One thing per line.", [], Why: "A question before everything is as bad as none at all.", Placeholder: "send the invitations\nclose the month", Required: false)),
                When(answers => answers.IsDetailed, new Question(QuestionIds.Integrations, "Other services", "Does it have to work with other programs or services? One per line.", [], Why: "Each is an agreement with something that can fail.", Placeholder: "Send events to Google Calendar", Required: false)),
                When(answers => answers.IsDetailed, new Question(QuestionIds.Edges, "When things go wrong", "Which of these should be tested?",
                    [
                        new("network", "Lost connection", "Nothing typed is lost.", Recommended: true), new("long", "Very long text", "No page breaks.", Recommended: true),
                        new("twice", "Double clicks", "Nothing is saved twice.", Recommended: true),
                    ], MultiSelect: true, Why: "They happen to everybody sooner or later.", Required: false)),
            ]),
        new(SpecPhase.Features,
            InterviewTexts.Breakdown,
            [
                Always(new Question(QuestionIds.Breakdown, "Is it complete?", "Does this list look complete to you?",
                    [
                        new("complete", "Yes, it is complete", "You can still come back to it at the end.", Recommended: true),
                        new("missing", "Something is missing", "Name it under “Other”, one thing per line."),
                    ], Why: "Each of these becomes a task for the coding agent, with its own test.", Placeholder: "print a list"))
                    .Checked((_, answer) => answer.OptionIds.Contains("missing") && AnswerText.Lines(answer.Text).Count == 0
                        ? "What is missing? Please write it under “Other”, one thing per line; or say that the list is complete." : null),
            ]),
    ];

    private static bool Has(InterviewAnswers answers, string area) => answers.StoresData && answers.Chose(QuestionIds.Areas, area);
}
