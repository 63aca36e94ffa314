using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs.Context;

/// <summary>What a model is shown of a conversation. Pure; the person and the model take turns, and a person's side comes first.</summary>
internal static class ContextView
{
    private const string BeforeSummary = "[The earlier part of this conversation was replaced by this summary. Go on from where it ends.]";
    private const string BeforeAnswer = "[The conversation begins with what you said.]";

    public static IReadOnlyList<ModelMessage> Of(IEnumerable<ContextEntry> entries, ContextShown shown)
    {
        var messages = new List<ModelMessage>();
        if (shown.Through > 0)
        {
            Add(messages, ModelRole.User, [new ModelPart.Note($"{BeforeSummary}\n\n{shown.Summary}")]);
        }

        foreach (var entry in entries.Where(entry => entry.Sequence > shown.Through))
        {
            switch (entry)
            {
                case PromptEntry prompt:
                    Add(messages, ModelRole.User, prompt.Parts);
                    break;
                case StepEntry step:
                    if (messages.Count == 0)
                    {
                        Add(messages, ModelRole.User, [new ModelPart.Note(BeforeAnswer)]);
                    }

                    Add(messages, ModelRole.Assistant, step.Answer);
                    Add(messages, ModelRole.User, [.. step.Outcomes.Select(outcome => ResultOf(outcome, shown))]);
                    break;
            }
        }

        return messages;
    }

    /// <summary>The result as it is shown.</summary>
    public static ModelPart.ToolResult ResultOf(ToolOutcome outcome, ContextShown shown) =>
        shown.Masked.Contains(outcome.Sequence) ? outcome.Masked : outcome.Result;

    private static void Add(List<ModelMessage> messages, ModelRole role, IReadOnlyList<ModelPart> parts)
    {
        if (parts.Count == 0)
        {
            return;
        }

        if (messages.Count > 0 && messages[^1].Role == role)
        {
            messages[^1] = new ModelMessage(role, [.. messages[^1].Parts, .. parts]);
        }
        else
        {
            messages.Add(new ModelMessage(role, parts));
        }
    }
}
