using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>A conversation in readable form: the log folded into rows and a header. A pure reducer.</summary>
/// <remarks>Not thread-safe; each view keeps its own. The same events give the same transcript, however they were cut into pulls.</remarks>
public sealed class Transcript
{
    private readonly List<TranscriptItem> _items = [];
    private readonly Dictionary<string, int> _indexByKey = [];
    private readonly PromptQueue _prompts = new();

    /// <summary>The rows, oldest first.</summary>
    public IReadOnlyList<TranscriptItem> Items => _items;

    /// <summary>Prompts that wait, in the order in which they will run.</summary>
    public IReadOnlyList<QueuedPrompt> Queue => _prompts.Waiting;

    /// <summary>What the conversation is called; empty before its first event.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The engine the conversation was made for; null for the configured one.</summary>
    public string? Engine { get; private set; }

    /// <summary>The conversation that started this one as a sub-agent; null for one a person started.</summary>
    public Guid? ParentId { get; private set; }

    /// <summary>The run at work; null when nothing runs.</summary>
    public RunningRun? Running { get; private set; }

    /// <summary>The end of the latest run; null before the first one ended.</summary>
    public RunEndedItem? LastRun { get; private set; }

    /// <summary>How full the model's window is; null while no call has reported tokens.</summary>
    public ContextGauge? Gauge { get; private set; }

    /// <summary>The latest plan of the latest run; null when it has none.</summary>
    public PlanUpdated? Plan { get; private set; }

    /// <summary>The latest draft; null before the first.</summary>
    public SpecDraftUpdated? Draft { get; private set; }

    /// <summary>The latest approval; null before the first.</summary>
    public SpecApproved? Approved { get; private set; }

    /// <summary>The profile a person switched to; null for the usual one of the surface.</summary>
    public string? Profile { get; private set; }

    /// <summary>Whether the conversation is in the trash.</summary>
    public bool IsTrashed { get; private set; }

    /// <summary>The questions the run waits for; null when it waits for none.</summary>
    public QuestionsItem? PendingQuestions => _items.OfType<QuestionsItem>().LastOrDefault(item => item.IsPending);

    /// <summary>The approvals the run waits for, oldest first.</summary>
    public IEnumerable<ApprovalItem> PendingApprovals => _items.OfType<ApprovalItem>().Where(item => item.IsPending);

    /// <summary>The tool call at work; the latest, when there are several.</summary>
    public ToolCallItem? ToolAtWork =>
        Running is null ? null : _items.OfType<ToolCallItem>().LastOrDefault(item => item.Status is null && item.StartedAt is not null);

    /// <summary>Applies a pull: its events, then its open text.</summary>
    public void Apply(LogPull pull)
    {
        ArgumentNullException.ThrowIfNull(pull);
        foreach (var envelope in pull.Events)
        {
            Apply(envelope);
        }

        foreach (var slice in pull.OpenTexts)
        {
            Apply(slice);
        }
    }

    /// <summary>Applies more of an open text. Text that was applied already changes nothing.</summary>
    public void Apply(OpenTextSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        if (Find<TextItem>(TextKey(slice.ItemId)) is { IsOpen: true } item && item.Text.Apply(slice.Offset, slice.Text))
        {
            Replace(item with { Length = item.Text.Length });
            Running = Running?.Heard();
        }
    }

    /// <summary>Applies the next event.</summary>
    public void Apply(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        Running = RunningRun.After(Running, envelope);
        Gauge = ContextGauge.After(Gauge, envelope.Event);
        switch (envelope.Event)
        {
            case ConversationCreated created:
                Title = created.Title;
                Engine = created.Engine;
                ParentId = created.ParentId;
                break;
            case ConversationRenamed renamed:
                Title = renamed.Title;
                break;
            case ConversationTrashed:
                IsTrashed = true;
                break;
            case ConversationRestored:
                IsTrashed = false;
                break;
            case PromptAdmitted or PromptEdited or PromptDeliveryChanged or PromptsReordered or PromptWithdrawn:
                _prompts.Apply(envelope.Event);
                break;
            case PromptDelivered delivered:
                Deliver(delivered, envelope);
                break;
            case RunStarted:
                Plan = null;
                break;
            case RunEnded ended:
                EndRun(ended, envelope);
                break;
            case ProfileSwitched switched:
                Profile = switched.Profile;
                Notice(envelope, $"The agent works as {switched.Profile} from here on.");
                break;
            case PhaseChanged { Note: { } note }:
                Notice(envelope, note);
                break;
            case ModelCallRetried retried:
                Add(new RetryItem(Key(envelope), envelope.Sequence, envelope.At, envelope.RunId,
                    retried.Attempt, retried.Text, RunningRun.WaitUntil(envelope.At, retried.DelayMs)));
                break;
            case ApprovalRequested or ApprovalResolved:
                ApplyApproval(envelope);
                break;
            case CompactionStarted or CompactionCompleted or CompactionFailed or CompactionReverted:
                ApplyCompaction(envelope);
                break;
            case TextStarted or TextCompleted or ReasoningStarted or ReasoningCompleted:
                ApplyText(envelope);
                break;
            case ToolCallRequested or ToolCallStarted or ToolCallEnded:
                ApplyTool(envelope);
                break;
            case QuestionsAsked or QuestionsAnswered or QuestionsExpired:
                ApplyQuestions(envelope);
                break;
            case SubAgentStarted or SubAgentEnded:
                ApplySubAgent(envelope);
                break;
            case PlanUpdated plan:
                Plan = plan;
                break;
            case SpecDraftUpdated draft:
                Draft = draft;
                break;
            case SpecApproved approved:
                Approved = approved;
                Add(new SpecApprovedItem(Key(envelope), envelope.Sequence, envelope.At, envelope.RunId,
                    approved.Version, approved.Files, approved.FeatureCount));
                break;
            case WarningRaised warning:
                Add(new NoticeItem(Key(envelope), envelope.Sequence, envelope.At, envelope.RunId, warning.Text, IsWarning: true));
                break;
            case UnknownEvent unknown:
                Notice(envelope, $"Something a newer Autocoder recorded: {unknown.Kind}.");
                break;
        }
    }

    private void Deliver(PromptDelivered delivered, EventEnvelope envelope)
    {
        if (_prompts.Deliver(delivered.PromptId) is { } prompt)
        {
            Add(new MessageItem($"prompt-{delivered.PromptId:N}", envelope.Sequence, envelope.At, envelope.RunId,
                prompt.PromptId, prompt.Text, prompt.Attachments));
        }
    }

    private void EndRun(RunEnded ended, EventEnvelope envelope)
    {
        LastRun = new RunEndedItem(Key(envelope), envelope.Sequence, envelope.At, envelope.RunId,
            ended.Outcome, ended.Usage, ended.ElapsedMs, ended.ToolCalls, ended.FilesChanged, ended.Error, ended.Files, ended.SubAgentUsage);
        Add(LastRun);
    }

    private void ApplyApproval(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case ApprovalRequested asked:
                Add(new ApprovalItem(ApprovalKey(asked.ApprovalId), envelope.Sequence, envelope.At, envelope.RunId,
                    asked.ApprovalId, asked.CallId, asked.Subject, asked.Title, asked.Reason, asked.Hash,
                    asked.Always, asked.ChildConversationId, asked.Path ?? []));
                break;
            case ApprovalResolved answered when Find<ApprovalItem>(ApprovalKey(answered.ApprovalId)) is { } item:
                Replace(item with
                {
                    Outcome = answered.Outcome,
                    Comment = answered.Comment,
                    Rule = answered.Rule,
                    ResolvedBy = answered.By,
                });
                break;
        }
    }

    private void ApplyCompaction(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case CompactionStarted started:
                Add(new CompactionItem(CompactionKey(started.CompactionId), envelope.Sequence, envelope.At, envelope.RunId,
                    started.CompactionId, started.Method, started.Reason, started.TokensBefore));
                break;
            case CompactionCompleted completed when Find<CompactionItem>(CompactionKey(completed.CompactionId)) is { } item:
                Replace(item with
                {
                    Method = completed.Method,
                    TokensBefore = completed.TokensBefore,
                    TokensAfter = completed.TokensAfter,
                    ThroughSequence = completed.ThroughSequence,
                    Summary = completed.Summary,
                    Masked = completed.Masked.Count,
                    IsDone = true,
                });
                break;
            case CompactionFailed failed when Find<CompactionItem>(CompactionKey(failed.CompactionId)) is { } item:
                Replace(item with { IsDone = true, Failure = failed.Reason });
                break;
            case CompactionReverted reverted when Find<CompactionItem>(CompactionKey(reverted.CompactionId)) is { } item:
                Replace(item with { IsReverted = true });
                break;
        }
    }

    private void ApplyText(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case TextStarted started:
                OpenText(envelope, started.ItemId, isReasoning: false);
                break;
            case ReasoningStarted started:
                OpenText(envelope, started.ItemId, isReasoning: true);
                break;
            case TextCompleted completed:
                CompleteText(completed.ItemId, completed.Text, completed.Partial);
                break;
            case ReasoningCompleted completed:
                CompleteText(completed.ItemId, completed.Text, completed.Partial);
                break;
        }
    }

    private void OpenText(EventEnvelope envelope, Guid itemId, bool isReasoning) =>
        Add(new TextItem(TextKey(itemId), envelope.Sequence, envelope.At, envelope.RunId,
            itemId, new GrowingText(), Length: 0, isReasoning, IsOpen: true, Partial: false));

    // The completed text wins. When the streamed part is its prefix, as it should be, the view need only draw the rest.
    private void CompleteText(Guid itemId, string whole, bool partial)
    {
        if (Find<TextItem>(TextKey(itemId)) is { } item)
        {
            var text = item.Text.IsPrefixOf(whole) ? item.Text : new GrowingText();
            text.Apply(0, whole);
            Replace(item with { Text = text, Length = text.Length, IsOpen = false, Partial = partial });
        }
    }

    private void ApplyTool(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case ToolCallRequested requested:
                Add(new ToolCallItem(ToolKey(envelope, requested.CallId), envelope.Sequence, envelope.At, envelope.RunId,
                    requested.CallId, requested.Tool, requested.Title, requested.Arguments, requested.Effect));
                break;
            case ToolCallStarted started when Find<ToolCallItem>(ToolKey(envelope, started.CallId)) is { } item:
                Replace(item with { StartedAt = envelope.At });
                break;
            case ToolCallEnded ended when Find<ToolCallItem>(ToolKey(envelope, ended.CallId)) is { } item:
                Replace(item with
                {
                    Status = ended.Status,
                    Output = ended.Output,
                    OutputBlob = ended.OutputBlob,
                    DurationMs = ended.DurationMs,
                    ChangedFile = ended.ChangedFile,
                });
                break;
        }
    }

    private void ApplyQuestions(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case QuestionsAsked asked:
                Add(new QuestionsItem(QuestionsKey(asked.RequestId), envelope.Sequence, envelope.At, envelope.RunId,
                    asked.RequestId, asked.Questions));
                break;
            case QuestionsAnswered answered when Find<QuestionsItem>(QuestionsKey(answered.RequestId)) is { } item:
                Replace(item with { Answers = answered.Answers, AnsweredAt = envelope.At });
                break;
            case QuestionsExpired expired when Find<QuestionsItem>(QuestionsKey(expired.RequestId)) is { } item:
                Replace(item with { ExpiredReason = expired.Reason });
                break;
        }
    }

    private void ApplySubAgent(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case SubAgentStarted started:
                Add(new SubAgentItem(SubAgentKey(started.ChildConversationId), envelope.Sequence, envelope.At, envelope.RunId,
                    started.ChildConversationId, started.CallId, started.Agent, started.Task));
                break;
            case SubAgentEnded ended when Find<SubAgentItem>(SubAgentKey(ended.ChildConversationId)) is { } item:
                Replace(item with { Outcome = ended.Outcome, Summary = ended.Summary });
                break;
        }
    }

    private void Notice(EventEnvelope envelope, string text) =>
        Add(new NoticeItem(Key(envelope), envelope.Sequence, envelope.At, envelope.RunId, text, IsWarning: false));

    private void Add(TranscriptItem item)
    {
        _indexByKey[item.Key] = _items.Count;
        _items.Add(item);
    }

    private void Replace(TranscriptItem item) => _items[_indexByKey[item.Key]] = item;

    private T? Find<T>(string key) where T : TranscriptItem =>
        _indexByKey.TryGetValue(key, out var index) ? _items[index] as T : null;

    private static string Key(EventEnvelope envelope) => $"event-{envelope.Sequence}";

    private static string TextKey(Guid itemId) => $"text-{itemId:N}";

    // Call ids are the engine's own, and only unique within a run.
    private static string ToolKey(EventEnvelope envelope, string callId) => $"tool-{envelope.RunId:N}-{callId}";

    private static string QuestionsKey(Guid requestId) => $"questions-{requestId:N}";

    private static string ApprovalKey(Guid approvalId) => $"approval-{approvalId:N}";

    private static string CompactionKey(Guid compactionId) => $"compaction-{compactionId:N}";

    private static string SubAgentKey(Guid childId) => $"agent-{childId:N}";
}
