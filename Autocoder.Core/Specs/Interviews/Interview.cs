using Autocoder.Core.Conversations;

namespace Autocoder.Core.Specs.Interviews;

/// <summary>Leads through the phases. Pure: what comes next follows from the answers alone, in whatever process.</summary>
public static class Interview
{
    /// <summary>What the page sends to begin; it says nothing about the application.</summary>
    public const string OpeningPrompt = "Let's begin with the specification.";

    /// <summary>What to say and ask next.</summary>
    public static InterviewStep Next(InterviewAnswers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var state = new InterviewState(answers);
        var stage = InterviewCatalog.Stages.FirstOrDefault(candidate => candidate.Questions.Any(state.IsOpen));
        if (stage is null)
        {
            return new InterviewStep(SpecPhase.Review, Closing, []);
        }

        if (state.WantsChanges)
        {
            return new InterviewStep(SpecPhase.Review, "Gladly. Nothing is lost: I ask one part again and keep all the rest.", [ClosingQuestions.Revisit]);
        }

        return Ask(stage, state);
    }

    /// <summary>The question that offers to go through a phase again.</summary>
    public static InterviewStep Revisit(string text) => new(SpecPhase.Review, text, [ClosingQuestions.Revisit]);

    /// <summary>What is said at the end.</summary>
    internal const string Closing =
        "The specification is complete, and it is in the draft beside this chat. Read it through; what I assumed is marked. "
        + "When you agree, press **Approve**: the page shows which files will be written, and only then are they. "
        + "If you want something different, write to me.";

    private static InterviewStep Ask(InterviewStage stage, InterviewState state)
    {
        var open = stage.Questions.Where(state.IsOpen).Take(5).ToList();
        var problems = open.Select(state.ProblemOf).OfType<string>().Distinct().ToList();
        var problem = problems.Count == 0 ? null : string.Join(' ', problems);
        var text = problem ?? (state.RevisitedPhase == stage.Phase
            ? $"We go through **{SpecPhases.Title(stage.Phase)}** again. What you answered before stands below each question.\n\n{stage.Text(state.Answers)}"
            : stage.Text(state.Answers));
        if (state.CutNotice is { } cut)
        {
            text = $"{cut}\n\n{text}";
        }

        return new InterviewStep(stage.Phase, text, [.. open.Select(question => WithEarlier(question.Question, state))], problem);
    }

    private static Question WithEarlier(Question question, InterviewState state)
    {
        if (state.Answers.Find(question.Id) is not { } earlier || earlier.IsEmpty)
        {
            return question;
        }

        var chosen = question.Options.Where(option => earlier.OptionIds.Contains(option.Id)).Select(option => option.Label);
        var words = AnswerText.OneLine(earlier.Text);
        var said = string.Join(", ", words.Length > 0 ? chosen.Append(words) : chosen);
        return said.Length == 0 ? question : question with
        {
            Why = AnswerText.Shorten($"Before, you answered: “{AnswerText.Shorten(said, 260)}”. {question.Why}", 500),
        };
    }
}
