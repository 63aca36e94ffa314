using System.Globalization;
using System.Text.Json;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary><c>AskUserQuestion</c> as a question of ours, and the person's answers back. Pure.</summary>
internal static class CliQuestions
{
    private const int MaxHeader = 24;
    private const int MaxQuestion = 1000;
    private const int MaxLabel = 100;
    private const int MaxDescription = 500;

    /// <summary>The arguments of our <c>AskUser</c>.</summary>
    public static JsonElement ToArguments(JsonElement input) => JsonSerializer.SerializeToElement(new
    {
        questions = input.List("questions").Select((question, index) => new
        {
            id = string.Create(CultureInfo.InvariantCulture, $"q{index + 1}"),
            header = Words(question.Text("header"), MaxHeader, "Question"),
            question = Words(question.Text("question"), MaxQuestion, "?"),
            options = question.List("options").Select((option, number) => new
            {
                id = string.Create(CultureInfo.InvariantCulture, $"o{number + 1}"),
                label = Words(option.Text("label"), MaxLabel, "?"),
                description = Words(option.Text("description"), MaxDescription, ""),
            }).ToArray(),
            multiSelect = question.Flag("multiSelect"),
        }).ToArray(),
    });

    /// <summary>What the program is told: the questions as it asked them, and the answers by the text of the question.</summary>
    /// <param name="output">The result of our tool; null answers when it is something else.</param>
    public static object? ToAnswer(JsonElement input, string output)
    {
        if (QuestionJson.TryReadAnswers(output) is not { } given)
        {
            return null;
        }

        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        var questions = input.List("questions");
        for (var index = 0; index < questions.Count; index++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"q{index + 1}");
            if (given.FirstOrDefault(answer => answer.QuestionId == id) is { IsEmpty: false } answer)
            {
                var labels = questions[index].List("options")
                    .Where((_, number) => answer.OptionIds.Contains(string.Create(CultureInfo.InvariantCulture, $"o{number + 1}")))
                    .Select(option => option.Text("label") ?? "");
                string[] parts = [.. labels, .. string.IsNullOrWhiteSpace(answer.Text) ? Array.Empty<string>() : [answer.Text]];
                answers[questions[index].Text("question") ?? ""] = string.Join(", ", parts);
            }
        }

        return new { questions = input.At("questions"), answers };
    }

    private static string Words(string? text, int most, string otherwise) =>
        string.IsNullOrWhiteSpace(text) ? otherwise : ToolText.Line(text.Trim(), most);
}
