namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>The keys of rows: unique in a transcript, and the same from whichever event on it is folded.</summary>
internal static class ItemKey
{
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
