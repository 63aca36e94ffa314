namespace Autocoder.Core.Specs.Interviews;

/// <summary>What the history of answers means for what is still open.</summary>
internal sealed class InterviewState
{
    private readonly int _revisitedAt;
    private readonly int _lastContent;

    public InterviewState(InterviewAnswers answers)
    {
        Answers = answers;
        _revisitedAt = answers.IndexOf(QuestionIds.Revisit);
        RevisitedPhase = answers.Find(QuestionIds.Revisit) is { } revisit ? ClosingQuestions.PhaseOf(revisit) : null;
        _lastContent = answers.History
            .Select((answer, index) => (answer, index))
            .Where(pair => pair.answer.QuestionId is not QuestionIds.Decision)
            .Select(pair => pair.index)
            .DefaultIfEmpty(-1)
            .Max();
    }

    public InterviewAnswers Answers { get; }

    /// <summary>The phase the person last wanted to go through again.</summary>
    public SpecPhase? RevisitedPhase { get; }

    /// <summary>Whether the person said "I have changes" and not yet which.</summary>
    public bool WantsChanges => Answers.Find(QuestionIds.Decision) is { IsEmpty: false } decision
        && !decision.OptionIds.Contains("generate")
        && Answers.IndexOf(QuestionIds.Decision) > _lastContent;

    /// <summary>What was cut from the latest answers, in words; null for nothing.</summary>
    public string? CutNotice
    {
        get
        {
            var last = Answers.History.Count == 0 ? null : Answers.History[^1];
            var stage = last is null ? null : InterviewCatalog.Stages.FirstOrDefault(candidate => candidate.Questions.Any(question => question.Id == last.QuestionId));
            var cut = stage?.Questions.DistinctBy(question => question.Id).Where(question => AnswerText.IsCut(Answers.Find(question.Id)?.Text)).Select(question => question.Question.Header).ToList();
            return cut is not { Count: > 0 } ? null
                : FormattableString.Invariant($"Your answer to “{string.Join("” and “", cut)}” was very long. I used its first {AnswerText.Longest:N0} characters; the whole of it stays in this conversation.");
        }
    }

    public bool IsOpen(InterviewQuestion question)
    {
        if (!question.Applies(Answers))
        {
            return false;
        }

        if (Answers.Find(question.Id) is not { } answer || question.Problem(Answers, answer) is not null)
        {
            return true;
        }

        var index = Answers.IndexOf(question.Id);
        return question.Id == QuestionIds.Decision
            ? index < _lastContent || !answer.OptionIds.Contains("generate")
            : index < _revisitedAt && RevisitedPhase == PhaseOf(question.Id);
    }

    /// <summary>Why the answer to an open question could not be used; null when there is none yet, or when it is asked again on request.</summary>
    public string? ProblemOf(InterviewQuestion question) =>
        Answers.Find(question.Id) is { } answer && question.Id != QuestionIds.Decision ? question.Problem(Answers, answer) : null;

    private static SpecPhase? PhaseOf(string questionId) =>
        InterviewCatalog.Stages.FirstOrDefault(stage => stage.Questions.Any(question => question.Id == questionId))?.Phase;
}
