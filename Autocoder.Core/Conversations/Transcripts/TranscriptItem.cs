using System.Text.Json;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>One row of a transcript. Immutable: a change replaces the item, so a view compares references.</summary>
/// <param name="Key">Unique in the transcript and stable over changes.</param>
/// <param name="Sequence">The event it begins with; a deep link points here.</param>
/// <param name="RunId">The run it belongs to; null outside runs.</param>
public abstract record TranscriptItem(string Key, long Sequence, DateTimeOffset At, Guid? RunId);

/// <summary>What a person sent.</summary>
public sealed record MessageItem(
    string Key, long Sequence, DateTimeOffset At, Guid? RunId,
    Guid PromptId, string Text, IReadOnlyList<Attachment> Attachments) : TranscriptItem(Key, Sequence, At, RunId);

/// <summary>A piece of answer or a thought, open or whole.</summary>
/// <param name="Length">How much of <paramref name="Text"/> this item stands for; it makes each state a different item.</param>
/// <param name="Partial">It was cut off.</param>
public sealed record TextItem(
    string Key, long Sequence, DateTimeOffset At, Guid? RunId,
    Guid ItemId, GrowingText Text, int Length, bool IsReasoning, bool IsOpen, bool Partial) : TranscriptItem(Key, Sequence, At, RunId)
{
    /// <summary>Whether it is no part of the answer any more: the connection broke, and the model began anew.</summary>
    public bool IsWithdrawn { get; init; }
}

/// <summary>A tool call.</summary>
/// <param name="StartedAt">Null until the tool may touch the world.</param>
/// <param name="Status">Null until it has ended.</param>
public sealed record ToolCallItem(
    string Key, long Sequence, DateTimeOffset At, Guid? RunId,
    string CallId, string Tool, string Title, JsonElement Arguments, ToolEffect Effect,
    DateTimeOffset? StartedAt = null,
    ToolCallStatus? Status = null,
    string? Output = null,
    string? OutputBlob = null,
    long DurationMs = 0,
    string? ChangedFile = null) : TranscriptItem(Key, Sequence, At, RunId)
{
    /// <summary>What the file it changes held before; null when it changes none, or nothing was kept.</summary>
    public FileCheckpointed? Checkpoint { get; init; }

    /// <summary>The picture it showed; null for none.</summary>
    public Attachment? Picture { get; init; }

    /// <summary>The undo that took its change back; null while the change stands.</summary>
    public UndoMark? Undo { get; init; }

    /// <summary>Whether its change can be taken back: something is kept, and it was, or may have been, made.</summary>
    public bool IsUndoable => Checkpoint is not null
        && Status is ToolCallStatus.Completed or ToolCallStatus.Unknown or ToolCallStatus.Cancelled;
}

/// <summary>Questions to the person.</summary>
/// <param name="Answers">Null until somebody answered.</param>
/// <param name="ExpiredReason">Why they can no longer be answered; null while they can.</param>
public sealed record QuestionsItem(
    string Key, long Sequence, DateTimeOffset At, Guid? RunId,
    Guid RequestId, IReadOnlyList<Question> Questions,
    IReadOnlyList<Answer>? Answers = null,
    DateTimeOffset? AnsweredAt = null,
    string? ExpiredReason = null) : TranscriptItem(Key, Sequence, At, RunId)
{
    /// <summary>Whether the run waits for this.</summary>
    public bool IsPending => Answers is null && ExpiredReason is null;
}

/// <summary>Something a person is asked to allow.</summary>
/// <param name="CallId">The tool call that needs it.</param>
/// <param name="Hash">Of tool, arguments and folder: what is approved is what runs.</param>
/// <param name="Always">The exact rule that "always" would save; null where always is not offered.</param>
/// <param name="ChildConversationId">The sub-agent's conversation that asks; null when the run itself does.</param>
/// <param name="Path">The sub-agents down to the one that asks; empty when the run itself does.</param>
/// <param name="Outcome">Null while nobody has answered.</param>
/// <param name="ResolvedBy"><c>person</c>, <c>rule</c> or <c>run</c>; null while nobody has answered.</param>
public sealed record ApprovalItem(
    string Key, long Sequence, DateTimeOffset At, Guid? RunId,
    Guid ApprovalId, string CallId, ApprovalSubject Subject, string Title, string Reason, string Hash,
    PermissionRule? Always, Guid? ChildConversationId, IReadOnlyList<string> Path,
    ApprovalOutcome? Outcome = null,
    string? Comment = null,
    PermissionRule? Rule = null,
    string? ResolvedBy = null) : TranscriptItem(Key, Sequence, At, RunId)
{
    /// <summary>Whether the run waits for this.</summary>
    public bool IsPending => Outcome is null;
}

/// <summary>Room was made in what the model is shown.</summary>
/// <param name="Failure">Why nothing was changed; null unless it failed.</param>
/// <param name="IsDone">Whether it has ended, well or not.</param>
/// <param name="IsReverted">Whether a person took it back.</param>
public sealed record CompactionItem(
    string Key, long Sequence, DateTimeOffset At, Guid? RunId,
    Guid CompactionId, CompactionMethod Method, CompactionReason Reason, long TokensBefore,
    long TokensAfter = 0,
    long ThroughSequence = 0,
    string Summary = "",
    int Masked = 0,
    bool IsDone = false,
    string? Failure = null,
    bool IsReverted = false) : TranscriptItem(Key, Sequence, At, RunId);

/// <summary>The model call failed in a way that passes, and is tried again.</summary>
public sealed record RetryItem(
    string Key, long Sequence, DateTimeOffset At, Guid? RunId, int Attempt, string Text, DateTimeOffset Until)
    : TranscriptItem(Key, Sequence, At, RunId);

/// <summary>A sub-agent with a conversation of its own.</summary>
/// <param name="Outcome">Null while it works.</param>
public sealed record SubAgentItem(
    string Key, long Sequence, DateTimeOffset At, Guid? RunId,
    Guid ChildConversationId, string CallId, string Agent, string Task,
    RunOutcome? Outcome = null,
    string? Summary = null) : TranscriptItem(Key, Sequence, At, RunId);

/// <summary>A specification was approved and written.</summary>
public sealed record SpecApprovedItem(
    string Key, long Sequence, DateTimeOffset At, Guid? RunId,
    int Version, IReadOnlyList<string> Files, int FeatureCount) : TranscriptItem(Key, Sequence, At, RunId);

/// <summary>The end of a run.</summary>
public sealed record RunEndedItem(
    string Key, long Sequence, DateTimeOffset At, Guid? RunId,
    RunOutcome Outcome, TokenUsage Usage, long ElapsedMs, int ToolCalls, int FilesChanged, RunError? Error,
    IReadOnlyList<string>? Files = null, TokenUsage? SubAgentUsage = null)
    : TranscriptItem(Key, Sequence, At, RunId)
{
    /// <summary>The undo that took all its changes back; null while they stand.</summary>
    public UndoMark? Undo { get; init; }

    internal static RunEndedItem Of(RunEnded ended, EventEnvelope envelope) => new(
        ItemKey.End(envelope.RunId), envelope.Sequence, envelope.At, envelope.RunId,
        ended.Outcome, ended.Usage, ended.ElapsedMs, ended.ToolCalls, ended.FilesChanged, ended.Error, ended.Files, ended.SubAgentUsage);
}

/// <summary>A line that something is worth knowing.</summary>
public sealed record NoticeItem(
    string Key, long Sequence, DateTimeOffset At, Guid? RunId, string Text, bool IsWarning) : TranscriptItem(Key, Sequence, At, RunId);
