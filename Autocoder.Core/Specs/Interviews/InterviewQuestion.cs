using Autocoder.Core.Conversations;

namespace Autocoder.Core.Specs.Interviews;

/// <summary>A question of the catalogue: when it is asked, and what a usable answer is.</summary>
/// <param name="Applies">Whether it is asked at all, given the other answers.</param>
/// <param name="Problem">Why an answer cannot be used, for the person; null when it can.</param>
internal sealed record InterviewQuestion(
    Question Question, Func<InterviewAnswers, bool> Applies, Func<InterviewAnswers, Answer, string?> Problem)
{
    public string Id => Question.Id;

    public static InterviewQuestion Always(Question question) => new(question, _ => true, Required(question));

    public static InterviewQuestion When(Func<InterviewAnswers, bool> applies, Question question) => new(question, applies, Required(question));

    public InterviewQuestion Checked(Func<InterviewAnswers, Answer, string?> problem)
    {
        var required = Problem;
        return this with { Problem = (answers, answer) => required(answers, answer) ?? problem(answers, answer) };
    }

    private static Func<InterviewAnswers, Answer, string?> Required(Question question) => (_, answer) =>
    {
        // An option that does not exist says nothing; the page cannot send one, a script can.
        var isKnown = question.Options.Any(option => answer.OptionIds.Contains(option.Id));
        var hasWords = AnswerText.Clean(answer.Text).Length > 0;
        return !question.Required || isKnown || hasWords ? null
            : question.IsFreeText ? $"I still need a few words about “{question.Header.ToLowerInvariant()}”. One sentence is enough."
            : $"Please pick one for “{question.Header.ToLowerInvariant()}”, or say it in your own words.";
    };
}
