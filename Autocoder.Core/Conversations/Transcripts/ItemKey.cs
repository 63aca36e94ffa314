using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>The keys of rows: unique in a transcript, and the same from whichever event on it is folded.</summary>
internal static class ItemKey
{
    /// <summary>The key of the row that tells of an event. Not every event has a row.</summary>
    public static string Of(EventEnvelope envelope) => envelope.Event switch
    {
        PromptAdmitted prompt => Prompt(prompt.PromptId),
        PromptEdited prompt => Prompt(prompt.PromptId),
        PromptDelivered prompt => Prompt(prompt.PromptId),
        TextStarted text => Text(text.ItemId),
        TextCompleted text => Text(text.ItemId),
        ReasoningStarted thought => Text(thought.ItemId),
        ReasoningCompleted thought => Text(thought.ItemId),
        ToolCallRequested call => Tool(envelope, call.CallId),
        ToolCallStarted call => Tool(envelope, call.CallId),
        ToolCallEnded call => Tool(envelope, call.CallId),
        SubAgentStarted child => SubAgent(child.ChildConversationId),
        SubAgentEnded child => SubAgent(child.ChildConversationId),
        QuestionsAsked questions => Questions(questions.RequestId),
        QuestionsAnswered questions => Questions(questions.RequestId),
        QuestionsExpired questions => Questions(questions.RequestId),
        ApprovalRequested approval => Approval(approval.ApprovalId),
        ApprovalResolved approval => Approval(approval.ApprovalId),
        CompactionStarted compaction => Compaction(compaction.CompactionId),
        CompactionCompleted compaction => Compaction(compaction.CompactionId),
        CompactionFailed compaction => Compaction(compaction.CompactionId),
        CompactionReverted compaction => Compaction(compaction.CompactionId),
        _ => Event(envelope),
    };

    public static string Event(EventEnvelope envelope) => $"event-{envelope.Sequence}";

    public static string Prompt(Guid promptId) => $"prompt-{promptId:N}";

    public static string Text(Guid itemId) => $"text-{itemId:N}";

    // Call ids are the engine's own, and only unique within a run.
    public static string Tool(EventEnvelope envelope, string callId) => Tool(envelope.RunId, callId);

    public static string Tool(Guid? runId, string callId) => $"tool-{runId:N}-{callId}";

    public static string End(Guid? runId) => $"end-{runId:N}";

    public static string Questions(Guid requestId) => $"questions-{requestId:N}";

    public static string Approval(Guid approvalId) => $"approval-{approvalId:N}";

    public static string Compaction(Guid compactionId) => $"compaction-{compactionId:N}";

    public static string SubAgent(Guid childId) => $"agent-{childId:N}";
}
