using System.Text.Json;
using Autocoder.Core.Specs;
using Autocoder.Core.Specs.Composing;
using Autocoder.Core.Specs.Interviews;

namespace Autocoder.Core.Engines.Models.Offline.Wizard;

/// <summary>Leads the specification wizard by rules. Pure: what it does next follows from the messages alone.</summary>
public static class OfflineWizard
{
    /// <summary>The next answer: some words, the draft when it changed, then the questions. Without a call the run ends.</summary>
    public static IReadOnlyList<OfflineAction> Next(ModelRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var history = WizardHistory.Read(request.Messages);
        var step = Interview.Next(history.Answers);
        var actions = new List<OfflineAction>();
        var draft = Draft(history);
        if (step.IsDone && history.Prompt is { } wish)
        {
            actions.Add(new OfflineAction.Say(AfterTheEnd(wish)));
            AddDraft(actions, draft);
            actions.Add(Ask(Interview.Revisit("")));
            return actions;
        }

        actions.Add(new OfflineAction.Say(Opening(history, step) + step.Text));
        AddDraft(actions, draft);
        if (!step.IsDone)
        {
            actions.Add(Ask(step));
        }

        return actions;
    }

    // Somebody wrote instead of answering, after a stop for example. Honest about what rules can make of that.
    private static string Opening(WizardHistory history, InterviewStep step) =>
        history is { HasAsked: true, Prompt: not null } && !step.IsDone
            ? "I work by rules, without a language model, so I can only use what you answer to my questions; your message stays in this conversation. We go on where we stopped.\n\n"
            : "";

    private static string AfterTheEnd(string wish)
    {
        var words = AnswerText.Shorten(AnswerText.OneLine(wish), 200);
        var quoted = words.Length == 0 ? "" : $" You wrote: “{InterviewTexts.Plain(words)}”.";
        return $"I work by rules, without a language model, so I cannot read wishes out of free text.{quoted} "
            + "But I can go through any part with you again; all other answers stay as they are. Which one does it belong to?";
    }

    private static SpecDocument? Draft(WizardHistory history)
    {
        if (history.Answers.History.Count == 0)
        {
            return null;
        }

        var document = SpecComposer.Compose(history.Answers);
        return history.Draft is { } draft && IsSame(draft, document) ? null : document;
    }

    private static bool IsSame(JsonElement draft, SpecDocument document)
    {
        try
        {
            return SpecJson.Write(SpecJson.Read(draft)) == SpecJson.Write(document);
        }
        catch (SpecFormatException)
        {
            return false;
        }
    }

    private static void AddDraft(List<OfflineAction> actions, SpecDocument? draft)
    {
        if (draft is not null)
        {
            actions.Add(new OfflineAction.Use(
                SpecDraftTool.Name, JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["document"] = SpecJson.ToElement(draft) })));
        }
    }

    private static OfflineAction.Use Ask(InterviewStep step) => new("AskUser", WizardQuestions.Write(step.Questions));
}
