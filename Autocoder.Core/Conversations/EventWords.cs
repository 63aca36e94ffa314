using System.Text.Json;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations;

/// <summary>What a reader of a conversation sees of an event, as plain text, for finding it again. Pure.</summary>
internal static class EventWords
{
    /// <summary>The words; empty for an event nobody reads.</summary>
    public static string Of(ConversationEvent said) => said switch
    {
        PromptAdmitted prompt => prompt.Text,
        PromptEdited prompt => prompt.Text,
        TextCompleted text => text.Text,
        ReasoningCompleted thought => thought.Text,
        ToolCallRequested call => string.Join('\n', Texts(call.Arguments).Prepend(call.Title)),
        ToolCallEnded call => call.Output,
        QuestionsAsked asked => string.Join('\n', asked.Questions.SelectMany(Words)),
        QuestionsAnswered answered => string.Join('\n', answered.Answers.Select(answer => answer.Text)),
        QuestionsExpired expired => expired.Reason,
        ApprovalRequested asked => $"{asked.Title}\n{asked.Reason}",
        ApprovalResolved resolved => resolved.Comment ?? "",
        SubAgentStarted child => $"{child.Agent}\n{child.Task}",
        SubAgentEnded child => child.Summary,
        CompactionCompleted compaction => compaction.Summary,
        CompactionFailed compaction => compaction.Reason,
        SpecApproved approved => string.Join('\n', approved.Files),
        WarningRaised warning => warning.Text,
        ModelCallRetried retried => retried.Text,
        PhaseChanged phase => phase.Note ?? "",
        RunEnded ended => ended.Error?.Message ?? "",
        _ => "",
    };

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Texts(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number => [value.GetRawText()],
        _ => [],
    };

    private static IEnumerable<string> Words(Question question) =>
        question.Options.SelectMany(option => new[] { option.Label, option.Description ?? "" }).Prepend(question.Text);
}
