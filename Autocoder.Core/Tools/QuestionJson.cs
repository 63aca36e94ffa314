using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools;

/// <summary>Questions and answers as they pass between the <c>AskUser</c> tool and an engine. Pure.</summary>
public static class QuestionJson
{
    private const int MaxQuestions = 6;
    private const int MinOptions = 2;
    private const int MaxOptions = 12;
    private const int MaxIdLength = 64;

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // Read by models and shown as text, never put into a page as HTML: ü should stay ü.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The arguments of the tool.</summary>
    internal static ToolSchema Schema => new ToolSchema().List(
        "questions",
        "What to ask, in order.",
        new ToolSchema()
            .Text("id", "Names the question in the answers; q1, q2, … when absent.", MaxIdLength, required: false)
            .Text("header", "A word or two.", 24, minLength: 1)
            .Text("question", "The question, in plain language.", 1000, minLength: 1)
            .List(
                "options",
                "What to choose from: none, or 2 to 12.",
                new ToolSchema()
                    .Text("id", "Names the option in the answers; o1, o2, … when absent.", MaxIdLength, required: false)
                    .Text("label", "A few words.", 100, minLength: 1)
                    .Text("description", "What choosing it means.", 500, required: false)
                    .Flag("recommended", "What most people should take."),
                minItems: 0,
                maxItems: MaxOptions,
                required: false)
            .Flag("multiSelect", "Whether several options can be chosen.")
            .Text("why", "Why it matters, one sentence.", 500, required: false)
            .Text("placeholder", "An example of an answer in words.", 200, required: false)
            .Flag("required", "False when it may be left without an answer. True when absent."),
        minItems: 1,
        maxItems: MaxQuestions);

    /// <summary>Reads the arguments of <c>AskUser</c>.</summary>
    /// <param name="problem">A sentence for the model when they are no proper questions.</param>
    public static bool TryReadQuestions(
        JsonElement arguments,
        [NotNullWhen(true)] out IReadOnlyList<Question>? questions,
        [NotNullWhen(false)] out string? problem)
    {
        questions = null;
        problem = ToolArguments.FindProblem(Schema.Build(), arguments);
        return problem is null && TryRead(new ToolArguments(arguments), out questions, out problem);
    }

    /// <summary>Writes what the tool returns. Answers come in the order of the questions; others are left out.</summary>
    public static string WriteAnswers(IReadOnlyList<Question> questions, IReadOnlyList<Answer> answers)
    {
        ArgumentNullException.ThrowIfNull(questions);
        var written =
            from question in questions
            join answer in answers on question.Id equals answer.QuestionId
            select new AnswerForm(
                question.Id,
                question.Text,
                answer.OptionIds,
                [.. question.Options.Where(option => answer.OptionIds.Contains(option.Id)).Select(option => option.Label)],
                string.IsNullOrWhiteSpace(answer.Text) ? null : answer.Text);
        return JsonSerializer.Serialize(new AnswersForm([.. written]), Form);
    }

    /// <summary>Reads what <see cref="WriteAnswers"/> wrote. Null when the text is something else, a failure for example.</summary>
    public static IReadOnlyList<Answer>? TryReadAnswers(string output)
    {
        try
        {
            var form = JsonSerializer.Deserialize<AnswersForm>(output, Form);
            return form?.Answers is { } answers && answers.All(answer => answer is { QuestionId: not null, Options: not null })
                ? [.. answers.Select(answer => new Answer(answer.QuestionId, answer.Options, answer.Text))]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads arguments that fit the schema.</summary>
    internal static bool TryRead(
        ToolArguments arguments,
        [NotNullWhen(true)] out IReadOnlyList<Question>? questions,
        [NotNullWhen(false)] out string? problem)
    {
        Question[] read = [.. arguments.List("questions").Select(ReadQuestion)];
        problem = FindProblem(read);
        questions = problem is null ? read : null;
        return problem is null;
    }

    private static Question ReadQuestion(ToolArguments json, int index) => new(
        IdOf(json, 'q', index),
        json.Text("header").Trim(),
        json.Text("question").Trim(),
        [.. json.List("options").Select(ReadOption)],
        json.Flag("multiSelect"),
        Words(json, "why"),
        Words(json, "placeholder"),
        Required: !json.IsFalse("required"));

    private static QuestionOption ReadOption(ToolArguments json, int index) =>
        new(IdOf(json, 'o', index), json.Text("label").Trim(), Words(json, "description"), json.Flag("recommended"));

    private static string IdOf(ToolArguments json, char prefix, int index) =>
        Words(json, "id") ?? string.Create(CultureInfo.InvariantCulture, $"{prefix}{index + 1}");

    private static string? Words(ToolArguments json, string name) =>
        json.OptionalText(name)?.Trim() is { Length: > 0 } words ? words : null;

    private static string? FindProblem(Question[] questions)
    {
        if (FindTwin(questions.Select(question => question.Id)) is { } twin)
        {
            return $"Two questions have the id {twin}.";
        }

        foreach (var question in questions)
        {
            if (!IsId(question.Id) || !question.Options.All(option => IsId(option.Id)))
            {
                return "An id is made of letters, digits, '-', '_' and '.'.";
            }

            if (question.Header.Length == 0 || question.Text.Length == 0 || question.Options.Any(option => option.Label.Length == 0))
            {
                return $"A text of question {question.Id} is empty.";
            }

            if (question.Options.Count is > 0 and < MinOptions)
            {
                return $"Question {question.Id} has one option. Give {MinOptions} to {MaxOptions}, or none for an answer in words.";
            }

            if (FindTwin(question.Options.Select(option => option.Id)) is { } twinOption)
            {
                return $"Two options of question {question.Id} have the id {twinOption}.";
            }
        }

        return null;
    }

    private static string? FindTwin(IEnumerable<string> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return ids.FirstOrDefault(id => !seen.Add(id));
    }

    private static bool IsId(string id) => id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    private sealed record AnswersForm(IReadOnlyList<AnswerForm>? Answers);

    private sealed record AnswerForm(
        string QuestionId, string Question, IReadOnlyList<string> Options, IReadOnlyList<string> Labels, string? Text);
}
