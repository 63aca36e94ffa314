using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>The rows that a stretch of the log makes. Stretches can be joined, and then are as if they had been one.</summary>
/// <remarks>An event about a row whose beginning is not in the stretch is kept until the stretch that has it comes.</remarks>
internal sealed class TranscriptItems
{
    private readonly List<EventEnvelope> _strays = [];
    private List<TranscriptItem> _items = [];
    private Dictionary<string, int> _indexByKey = [];

    /// <summary>The rows, oldest first.</summary>
    public IReadOnlyList<TranscriptItem> All => _items;

    /// <summary>The rows of a page by itself.</summary>
    public static TranscriptItems Of(LogPage page)
    {
        var items = new TranscriptItems();
        items.Apply(page);
        return items;
    }

    /// <summary>Applies a page that comes after everything applied so far.</summary>
    public void Apply(LogPage page)
    {
        var queue = page.Prompts.Aggregate(TranscriptHeader.Empty.Queue, (waiting, envelope) => PromptQueue.After(waiting, envelope.Event));
        foreach (var envelope in page.Events)
        {
            Apply(envelope, queue);
            queue = PromptQueue.After(queue, envelope.Event);
        }
    }

    /// <summary>Puts a page before everything applied so far. Rows that are held already stay as they are.</summary>
    public void Prepend(LogPage page)
    {
        var earlier = Of(page);
        _strays.ForEach(stray => earlier.Apply(stray, TranscriptHeader.Empty.Queue));
        _strays.Clear();
        _strays.AddRange(earlier._strays);
        _items = [.. earlier._items.Where(item => !_indexByKey.ContainsKey(item.Key)).Concat(_items).OrderBy(item => item.Sequence)];
        _indexByKey = _items.Select((item, index) => (item.Key, index)).ToDictionary();
    }

    /// <summary>Applies more of an open text.</summary>
    /// <returns>Whether the text is open here and has nothing missing before the slice.</returns>
    public bool Apply(OpenTextSlice slice)
    {
        if (Find<TextItem>(ItemKey.Text(slice.ItemId)) is not { IsOpen: true } item || !item.Text.Apply(slice.Offset, slice.Text))
        {
            return false;
        }

        Replace(item with { Length = item.Text.Length });
        return true;
    }

    /// <summary>Applies the next event.</summary>
    /// <param name="waiting">The prompts that waited before it.</param>
    public void Apply(EventEnvelope envelope, IReadOnlyList<QueuedPrompt> waiting)
    {
        var key = ItemKey.Event(envelope);
        switch (envelope.Event)
        {
            case PromptDelivered delivered when waiting.FirstOrDefault(prompt => prompt.PromptId == delivered.PromptId) is { } prompt:
                Add(new MessageItem(ItemKey.Prompt(prompt.PromptId), envelope.Sequence, envelope.At, envelope.RunId,
                    prompt.PromptId, prompt.Text, prompt.Attachments));
                break;
            case RunEnded ended:
                Add(RunEndedItem.Of(ended, envelope));
                break;
            case ProfileSwitched switched:
                Notice(envelope, $"The agent works as {switched.Profile} from here on.");
                break;
            case EngineSwitched switched:
                Notice(envelope, $"From the next message on {switched.Engine ?? "the engine of the settings"} answers. It is shown what was said here; what another engine's program remembered by itself is not carried over.");
                break;
            case PhaseChanged { Note: { } note }:
                Notice(envelope, note);
                break;
            case ModelCallRetried retried:
                Add(new RetryItem(key, envelope.Sequence, envelope.At, envelope.RunId,
                    retried.Attempt, retried.Text, RunningRun.WaitUntil(envelope.At, retried.DelayMs)));
                break;
            case SpecApproved approved:
                Add(new SpecApprovedItem(key, envelope.Sequence, envelope.At, envelope.RunId,
                    approved.Version, approved.Files, approved.FeatureCount));
                break;
            case WarningRaised warning:
                Add(new NoticeItem(key, envelope.Sequence, envelope.At, envelope.RunId, warning.Text, IsWarning: true));
                break;
            case UnknownEvent unknown:
                Notice(envelope, $"Something a newer Autocoder recorded: {unknown.Kind}.");
                break;
            case TextStarted or TextCompleted or ReasoningStarted or ReasoningCompleted or AnswerWithdrawn:
                ApplyText(envelope);
                break;
            case ToolCallRequested or ToolCallStarted or FileCheckpointed or ToolCallEnded or SubAgentStarted or SubAgentEnded:
                ApplyTool(envelope);
                break;
            case QuestionsAsked or QuestionsAnswered or QuestionsExpired or ApprovalRequested or ApprovalResolved:
                ApplyRequest(envelope);
                break;
            case UndoEnded undone:
                ApplyUndo(undone, envelope);
                break;
            case CompactionRequested:
                Notice(envelope, "Room will be made before the next model call.");
                break;
            case CompactionStarted or CompactionCompleted or CompactionFailed or CompactionReverted:
                ApplyCompaction(envelope);
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
                CompleteText(envelope, completed.ItemId, completed.Text, completed.Partial);
                break;
            case ReasoningCompleted completed:
                CompleteText(envelope, completed.ItemId, completed.Text, completed.Partial);
                break;
            case AnswerWithdrawn withdrawn:
                foreach (var itemId in withdrawn.ItemIds)
                {
                    Change<TextItem>(ItemKey.Text(itemId), envelope, item => item with { IsWithdrawn = true });
                }

                break;
        }
    }

    private void OpenText(EventEnvelope envelope, Guid itemId, bool isReasoning) =>
        Add(new TextItem(ItemKey.Text(itemId), envelope.Sequence, envelope.At, envelope.RunId,
            itemId, new GrowingText(), Length: 0, isReasoning, IsOpen: true, Partial: false));

    // The completed text wins. When the streamed part is its prefix, as it should be, the view need only draw the rest.
    private void CompleteText(EventEnvelope envelope, Guid itemId, string whole, bool partial) =>
        Change<TextItem>(ItemKey.Text(itemId), envelope, item =>
        {
            var text = item.Text.IsPrefixOf(whole) ? item.Text : new GrowingText();
            text.Apply(0, whole);
            return item with { Text = text, Length = text.Length, IsOpen = false, Partial = partial };
        });

    private void ApplyTool(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case ToolCallRequested requested:
                Add(new ToolCallItem(ItemKey.Tool(envelope, requested.CallId), envelope.Sequence, envelope.At, envelope.RunId,
                    requested.CallId, requested.Tool, requested.Title, requested.Arguments, requested.Effect));
                break;
            case ToolCallStarted started:
                Change<ToolCallItem>(ItemKey.Tool(envelope, started.CallId), envelope, item => item with { StartedAt = envelope.At });
                break;
            case FileCheckpointed checkpoint:
                Change<ToolCallItem>(ItemKey.Tool(envelope, checkpoint.CallId), envelope, item => item with { Checkpoint = checkpoint });
                break;
            case ToolCallEnded ended:
                Change<ToolCallItem>(ItemKey.Tool(envelope, ended.CallId), envelope, item => item with
                {
                    Status = ended.Status,
                    Output = ended.Output,
                    OutputBlob = ended.OutputBlob,
                    DurationMs = ended.DurationMs,
                    ChangedFile = ended.ChangedFile,
                    Picture = ended.Picture,
                });
                break;
            case SubAgentStarted started:
                Add(new SubAgentItem(ItemKey.SubAgent(started.ChildConversationId), envelope.Sequence, envelope.At, envelope.RunId,
                    started.ChildConversationId, started.CallId, started.Agent, started.Task));
                break;
            case SubAgentEnded ended:
                Change<SubAgentItem>(ItemKey.SubAgent(ended.ChildConversationId), envelope, item =>
                    item with { Outcome = ended.Outcome, Summary = ended.Summary });
                break;
        }
    }

    private void ApplyUndo(UndoEnded undone, EventEnvelope envelope)
    {
        var mark = undone.Redoes is null ? new UndoMark(undone.UndoId, undone.CallId is null, undone.Problems.Count) : null;
        foreach (var callId in undone.CallIds)
        {
            Change<ToolCallItem>(ItemKey.Tool(undone.OfRunId, callId), envelope, item => item with { Undo = mark });
        }

        // A redo that left files as they are can be repeated, so its run counts as undone still.
        if (undone is { CallId: null, Paths.Count: > 0 } && (undone.Redoes is null || undone.Problems.Count == 0))
        {
            Change<RunEndedItem>(ItemKey.End(undone.OfRunId), envelope, item => item with { Undo = mark });
        }

        Add(new NoticeItem(ItemKey.Event(envelope), envelope.Sequence, envelope.At, RunId: null, UndoWords.Of(undone), undone.Problems.Count > 0));
    }

    private void ApplyRequest(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case QuestionsAsked asked:
                Add(new QuestionsItem(ItemKey.Questions(asked.RequestId), envelope.Sequence, envelope.At, envelope.RunId,
                    asked.RequestId, asked.Questions));
                break;
            case QuestionsAnswered answered:
                Change<QuestionsItem>(ItemKey.Questions(answered.RequestId), envelope, item =>
                    item with { Answers = answered.Answers, AnsweredAt = envelope.At });
                break;
            case QuestionsExpired expired:
                Change<QuestionsItem>(ItemKey.Questions(expired.RequestId), envelope, item => item with { ExpiredReason = expired.Reason });
                break;
            case ApprovalRequested asked:
                Add(new ApprovalItem(ItemKey.Approval(asked.ApprovalId), envelope.Sequence, envelope.At, envelope.RunId,
                    asked.ApprovalId, asked.CallId, asked.Subject, asked.Title, asked.Reason, asked.Hash,
                    asked.Always, asked.ChildConversationId, asked.Path ?? []));
                break;
            case ApprovalResolved answered:
                Change<ApprovalItem>(ItemKey.Approval(answered.ApprovalId), envelope, item => item with
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
                Add(new CompactionItem(ItemKey.Compaction(started.CompactionId), envelope.Sequence, envelope.At, envelope.RunId,
                    started.CompactionId, started.Method, started.Reason, started.TokensBefore));
                break;
            case CompactionCompleted completed:
                Change<CompactionItem>(ItemKey.Compaction(completed.CompactionId), envelope, item => item with
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
            case CompactionFailed failed:
                Change<CompactionItem>(ItemKey.Compaction(failed.CompactionId), envelope, item =>
                    item with { IsDone = true, Failure = failed.Reason });
                break;
            case CompactionReverted reverted:
                Change<CompactionItem>(ItemKey.Compaction(reverted.CompactionId), envelope, item => item with { IsReverted = true });
                break;
        }
    }

    private void Notice(EventEnvelope envelope, string text) =>
        Add(new NoticeItem(ItemKey.Event(envelope), envelope.Sequence, envelope.At, envelope.RunId, text, IsWarning: false));

    private void Add(TranscriptItem item)
    {
        _indexByKey[item.Key] = _items.Count;
        _items.Add(item);
    }

    private void Change<T>(string key, EventEnvelope envelope, Func<T, T> change) where T : TranscriptItem
    {
        if (Find<T>(key) is { } item)
        {
            Replace(change(item));
        }
        else if (!_strays.Any(stray => stray.Sequence == envelope.Sequence))
        {
            // Once, however many rows it is about.
            _strays.Add(envelope);
        }
    }

    private void Replace(TranscriptItem item) => _items[_indexByKey[item.Key]] = item;

    private T? Find<T>(string key) where T : TranscriptItem =>
        _indexByKey.TryGetValue(key, out var index) ? _items[index] as T : null;
}
