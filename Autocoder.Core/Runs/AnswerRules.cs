using Autocoder.Core.Conversations;

namespace Autocoder.Core.Runs;

/// <summary>Whether answers fit the questions. Pure.</summary>
internal static class AnswerRules
{
    private const int MaxTextLength = 100_000;

    /// <summary>Says what is wrong, in words for the person; null when the answers fit.</summary>
    public static string? FindProblem(IReadOnlyList<Question> questions, IReadOnlyList<Answer> answers)
    {
        if (answers.Select(answer => answer.QuestionId).Distinct(StringComparer.Ordinal).Count() != answers.Count)
        {
            return "A question was answered twice.";
        }

        foreach (var answer in answers)
        {
            var question = questions.FirstOrDefault(candidate => candidate.Id == answer.QuestionId);
            if (question is null)
            {
                return $"There is no question '{answer.QuestionId}' here.";
            }

            if (FindProblem(question, answer) is { } problem)
            {
                return problem;
            }
        }

        var missing = questions.FirstOrDefault(question =>
            question.Required && answers.FirstOrDefault(answer => answer.QuestionId == question.Id) is null or { IsEmpty: true });
        return missing is null ? null : $"“{missing.Text}” still needs an answer.";
    }

    private static string? FindProblem(Question question, Answer answer)
    {
        if (answer.OptionIds.Except(question.Options.Select(option => option.Id)).FirstOrDefault() is { } unknown)
        {
            return $"“{question.Text}” has no choice '{unknown}'.";
        }

        if (!question.MultiSelect && answer.OptionIds.Count + (string.IsNullOrWhiteSpace(answer.Text) ? 0 : 1) > 1)
        {
            return $"“{question.Text}” takes one answer.";
        }

        return answer.Text?.Length > MaxTextLength
            ? $"The answer to “{question.Text}” is too long: {answer.Text.Length:N0} characters, at most {MaxTextLength:N0}."
            : null;
    }
}
