using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Specs.Composing;

namespace Autocoder.Core.Specs.Interviews;

/// <summary>What a person has answered, in the order of answering. Immutable; a question may have been answered again.</summary>
public sealed class InterviewAnswers
{
    private readonly Dictionary<string, (Answer Answer, int Index)> _latest = new(StringComparer.Ordinal);

    /// <summary>Keeps the answers in this order.</summary>
    public InterviewAnswers(IEnumerable<Answer> history)
    {
        History = [.. history];
        for (var index = 0; index < History.Count; index++)
        {
            _latest[History[index].QuestionId] = (History[index], index);
        }
    }

    /// <summary>Before the first answer.</summary>
    public static InterviewAnswers None { get; } = new([]);

    /// <summary>Reads them from the events of a wizard's conversation, the oldest first.</summary>
    /// <remarks>A question that was left without an answer counts as answered with nothing.</remarks>
    public static InterviewAnswers FromEvents(IEnumerable<ConversationEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var asked = new Dictionary<Guid, IReadOnlyList<Question>>();
        var answers = new List<Answer>();
        foreach (var item in events)
        {
            switch (item)
            {
                case PromptAdmitted prompt when answers.Count == 0 && FirstWords.Read(prompt.Text) is { } idea:
                    answers.Add(idea);
                    break;
                case QuestionsAsked request:
                    asked[request.RequestId] = request.Questions;
                    break;
                case QuestionsAnswered given when asked.TryGetValue(given.RequestId, out var questions):
                    answers.AddRange(Complete(questions, given.Answers));
                    break;
            }
        }

        return new InterviewAnswers(answers);
    }

    /// <summary>One answer for each question, empty for those left out.</summary>
    internal static IEnumerable<Answer> Complete(IReadOnlyList<Question> questions, IReadOnlyList<Answer> answers) =>
        questions.Select(question => answers.LastOrDefault(answer => answer.QuestionId == question.Id) ?? new Answer(question.Id, []));

    /// <summary>All answers, the oldest first.</summary>
    public IReadOnlyList<Answer> History { get; }

    /// <summary>The same with one more answer.</summary>
    public InterviewAnswers With(Answer answer) => new(History.Append(answer));

    /// <summary>The same as it was after so many answers.</summary>
    public InterviewAnswers First(int count) => new(History.Take(count));

    /// <summary>The latest answer to a question; null when there is none.</summary>
    public Answer? Find(string questionId) => _latest.TryGetValue(questionId, out var latest) ? latest.Answer : null;

    internal int IndexOf(string questionId) => _latest.TryGetValue(questionId, out var latest) ? latest.Index : -1;

    internal bool Has(string questionId) => _latest.ContainsKey(questionId);

    internal bool Chose(string questionId, string optionId) => Find(questionId)?.OptionIds.Contains(optionId, StringComparer.Ordinal) is true;

    /// <summary>The words of the latest answer, cleaned; empty when there are none.</summary>
    internal string Text(string questionId) => AnswerText.Clean(Find(questionId)?.Text);

    internal string Line(string questionId) => AnswerText.OneLine(Find(questionId)?.Text);

    internal IReadOnlyList<string> Lines(string questionId) => AnswerText.Lines(Find(questionId)?.Text);

    /// <summary>The only option that was chosen, or null.</summary>
    internal string? Choice(string questionId) => Find(questionId) is { OptionIds: [var first, ..] } ? first : null;

    /// <summary>Names of the things people keep: the corrected list when there is one that was given after them, else their first answer.</summary>
    internal string Things => ThingsQuestion is QuestionIds.EntitiesAgain ? Text(QuestionIds.EntitiesAgain) : Text(QuestionIds.Entities);

    /// <summary>The question whose answer counts for <see cref="Things"/>.</summary>
    internal string ThingsQuestion =>
        IndexOf(QuestionIds.EntitiesAgain) > IndexOf(QuestionIds.Entities) && Chose(QuestionIds.EntitiesAgain, "right") is false && EntityParser.Parse(Text(QuestionIds.EntitiesAgain)).Count > 0
            ? QuestionIds.EntitiesAgain
            : QuestionIds.Entities;

    internal bool IsDetailed => Chose(QuestionIds.Depth, "detailed");

    /// <summary>"Yes" and "not sure" both bring a database; so does no answer yet, because nearly every application needs one.</summary>
    internal bool StoresData => !Chose(QuestionIds.Storage, "no");

    internal bool HasAccounts => StoresData && (Chose(QuestionIds.Basics, "accounts") || HasSharing || Chose(QuestionIds.Areas, "roles"));

    // A share needs somebody to share with.
    internal bool HasSharing => StoresData && Chose(QuestionIds.Basics, "sharing");
}
