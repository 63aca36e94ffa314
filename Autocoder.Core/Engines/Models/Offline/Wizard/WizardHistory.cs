using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Specs;
using Autocoder.Core.Specs.Interviews;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Models.Offline.Wizard;

/// <summary>What a wizard's conversation holds so far, read from the messages alone.</summary>
/// <param name="Answers">All answers, in order.</param>
/// <param name="Draft">The document of the last draft that was taken; null for none.</param>
/// <param name="Prompt">What the person wrote last, when nothing was answered since; null otherwise.</param>
/// <param name="HasAsked">Whether anything was ever asked.</param>
internal sealed record WizardHistory(InterviewAnswers Answers, JsonElement? Draft, string? Prompt, bool HasAsked)
{
    public static WizardHistory Read(IReadOnlyList<ModelMessage> messages)
    {
        var calls = new Dictionary<string, ModelPart.ToolCall>(StringComparer.Ordinal);
        var answers = new List<Answer>();
        JsonElement? draft = null;
        string? prompt = null;
        var hasAsked = false;
        foreach (var message in messages)
        {
            if (message.IsPrompt)
            {
                prompt = message.PlainText;
                if (answers.Count == 0 && FirstWords.Read(prompt) is { } idea)
                {
                    answers.Add(idea);
                }
            }

            foreach (var part in message.Parts)
            {
                if (part is ModelPart.ToolCall call)
                {
                    // Ids are unique within a run only; the latest call of an id is the one its result belongs to.
                    calls[call.CallId] = call;
                    hasAsked |= call.Tool == "AskUser";
                }
                else if (part is ModelPart.ToolResult { Succeeded: true } result && calls.Remove(result.CallId, out var asked))
                {
                    if (asked.Tool == SpecDraftTool.Name && asked.Arguments.TryGetProperty("document", out var document))
                    {
                        draft = document;
                    }
                    else if (asked.Tool == "AskUser" && Answered(asked, result) is { } given)
                    {
                        answers.AddRange(given);
                        prompt = null;
                    }
                }
            }
        }

        return new WizardHistory(new InterviewAnswers(answers), draft, prompt, hasAsked);
    }

    private static IEnumerable<Answer>? Answered(ModelPart.ToolCall asked, ModelPart.ToolResult result) =>
        QuestionJson.TryReadAnswers(result.Output) is not { } answers ? null
            : QuestionJson.TryReadQuestions(asked.Arguments, out var questions, out _) ? InterviewAnswers.Complete(questions, answers)
            : answers;
}
