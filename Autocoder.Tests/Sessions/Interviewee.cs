using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Tests.Sessions;

/// <summary>A person who knows what they want and takes what is recommended for the rest.</summary>
internal sealed class Interviewee(Dictionary<string, string> words, Dictionary<string, string[]> choices)
{
    /// <summary>A to-do application that people share.</summary>
    public static Interviewee TodoWithSharing(bool detailed) => new(
        new Dictionary<string, string>
        {
            [QuestionIds.Name] = "Shared lists",
            [QuestionIds.What] = "Families and flat mates keep their to-do lists together and see what is left to do.",
            [QuestionIds.Who] = "Families and flat mates",
            [QuestionIds.FirstLook] = "Their lists, and what is due today",
            [QuestionIds.Entities] = "lists (name, colour), items (title, due date, done)",
        },
        new Dictionary<string, string[]>
        {
            [QuestionIds.Depth] = [detailed ? "detailed" : "quick"],
            [QuestionIds.Basics] = ["accounts", "mobile", "search", "sharing"],
            [QuestionIds.Areas] = ["filters", "dashboard", "notifications"],
        });

    public List<Question> Asked { get; } = [];

    public IReadOnlyList<Answer> Answer(QuestionsItem item) => [.. item.Questions.Select(Answer)];

    private Answer Answer(Question question)
    {
        Asked.Add(question);
        if (choices.TryGetValue(question.Id, out var chosen))
        {
            return new Answer(question.Id, [.. chosen.Where(id => question.Options.Any(option => option.Id == id))]);
        }

        if (question.IsFreeText)
        {
            return new Answer(question.Id, [], words.GetValueOrDefault(question.Id) ?? (question.Required ? "As you think best" : null));
        }

        var recommended = question.Options.Where(option => option.Recommended).Select(option => option.Id).ToList();
        return new Answer(question.Id, question.MultiSelect ? recommended : [recommended.FirstOrDefault() ?? question.Options[0].Id]);
    }
}
