using Autocoder.Core.Conversations;
using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Tests.Specs;

/// <summary>Somebody who answers the interview: what is not prepared gets the recommended option, or a plain sentence.</summary>
internal sealed class SpecPerson(IReadOnlyDictionary<string, Answer> prepared)
{
    private const int MostSteps = 60;

    public static SpecPerson QuickTodo { get; } = With(
        Text(QuestionIds.Name, "Shared lists"),
        Text(QuestionIds.What, "A to-do app in which a household shares its lists, so that nobody buys milk twice."),
        Text(QuestionIds.Who, "My family, five people, mostly on their phones"),
        Text(QuestionIds.FirstLook, "Their lists, each with the number of open items, and a button to add one"),
        Text(QuestionIds.Entities, "lists, items (name, due date, done), shares"),
        Text(QuestionIds.Actions, "add items\nmark an item as done\nmove an item to another list\nshare a list\nrepeat an item every week"),
        Pick(QuestionIds.Basics, "accounts", "mobile", "search", "sharing"),
        Pick(QuestionIds.Areas),
        Text(QuestionIds.MustHaves, "Two people see the same list within five seconds"));

    public static SpecPerson DetailedBarber { get; } = With(
        Text(QuestionIds.Name, "Cut & Go"),
        Text(QuestionIds.What, "A booking page for a barber: customers pick a free time, the barber sees the day."),
        Text(QuestionIds.Who, "Two barbers and their customers"),
        Pick(QuestionIds.Depth, "detailed"),
        Pick(QuestionIds.Backend, "dotnet"),
        Pick(QuestionIds.Database, "postgresql"),
        Text(QuestionIds.FirstLook, "The free times of today and tomorrow"),
        Text(QuestionIds.Entities, "services (name, minutes, price), customers (name, phone, email), appointments (customer, service, date, start time, note)"),
        Text(QuestionIds.Actions, "Customers can cancel up to two hours before"),
        Pick(QuestionIds.Basics, "accounts", "mobile"),
        Pick(QuestionIds.Areas, "filters", "settings", "dashboard", "roles", "transfer", "notifications", "comments", "tags", "files", "calendar", "history", "offline"),
        Text(QuestionIds.Roles, "customer, barber, owner"),
        Text(QuestionIds.Sensitive, "cancel an appointment"),
        Text(QuestionIds.Integrations, "Send reminders through the mail server of the shop"),
        Pick(QuestionIds.OnDelete, "trash"),
        new Answer(QuestionIds.Tables, ["change"], "opening hours (day, from, until)"),
        Pick(QuestionIds.Polish, "polished"));

    public static Answer Text(string id, string text) => new(id, [], text);

    public static Answer Pick(string id, params string[] options) => new(id, options);

    public static SpecPerson With(params Answer[] answers) => new(answers.ToDictionary(answer => answer.QuestionId));

    public SpecPerson But(params Answer[] answers)
    {
        var all = prepared.ToDictionary();
        foreach (var answer in answers)
        {
            all[answer.QuestionId] = answer;
        }

        return new SpecPerson(all);
    }

    /// <summary>Goes through the interview; gives each step to <paramref name="look"/>.</summary>
    public InterviewAnswers Interview(InterviewAnswers? from = null, Action<InterviewStep>? look = null)
    {
        var answers = from ?? InterviewAnswers.None;
        for (var count = 0; count < MostSteps; count++)
        {
            var step = Autocoder.Core.Specs.Interviews.Interview.Next(answers);
            look?.Invoke(step);
            if (step.IsDone)
            {
                return answers;
            }

            answers = step.Questions.Aggregate(answers, (all, question) => all.With(Answer(question)));
        }

        throw new InvalidOperationException("The interview does not end.");
    }

    public Answer Answer(Question question)
    {
        if (prepared.TryGetValue(question.Id, out var answer))
        {
            return answer;
        }

        var recommended = question.Options.FirstOrDefault(option => option.Recommended) ?? (question.Options.Count > 0 ? question.Options[0] : null);
        return recommended is not null ? Pick(question.Id, recommended.Id)
            : question.Required ? Text(question.Id, "Things with a name, seen by everybody.")
            : Pick(question.Id);
    }
}
