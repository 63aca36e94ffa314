namespace Autocoder.Core.Conversations.Events;

/// <summary>A person wants room to be made before the next model call, of the run at work or of the next one.</summary>
/// <param name="By"><c>person</c>.</param>
[EventKind("compaction_requested")]
public sealed record CompactionRequested(string By) : ConversationEvent;

/// <summary>The run makes room in what the model is shown. The log itself never changes.</summary>
/// <param name="TokensBefore">What the model would be shown, estimated.</param>
[EventKind("compaction_started")]
public sealed record CompactionStarted(Guid CompactionId, CompactionMethod Method, CompactionReason Reason, long TokensBefore) : ConversationEvent;

/// <summary>From here on the model is shown less. With the log, this is the compaction ledger: what went, and what stands for it.</summary>
/// <param name="ThroughSequence">Messages up to this event are replaced by the summary; 0 when none are.</param>
/// <param name="Summary">What stands for them; empty when nothing was summarised.</param>
/// <param name="Masked">The <c>tool_call_ended</c> events whose output is replaced by a line.</param>
/// <param name="TokensAfter">What the model is shown now, estimated; always less than before.</param>
/// <param name="Usage">What making the summary cost.</param>
[EventKind("compaction_completed")]
public sealed record CompactionCompleted(
    Guid CompactionId,
    CompactionMethod Method,
    long ThroughSequence,
    string Summary,
    IReadOnlyList<long> Masked,
    long TokensBefore,
    long TokensAfter,
    TokenUsage Usage) : ConversationEvent;

/// <summary>Nothing was changed.</summary>
/// <param name="Usage">What a summary that could not be used had cost; null for nothing.</param>
[EventKind("compaction_failed")]
public sealed record CompactionFailed(Guid CompactionId, string Reason, TokenUsage? Usage = null) : ConversationEvent;

/// <summary>A person took a compaction back: from the next model call on the model is shown the original again.</summary>
[EventKind("compaction_reverted")]
public sealed record CompactionReverted(Guid CompactionId) : ConversationEvent;
