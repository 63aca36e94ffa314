using System.Collections.Immutable;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>What a conversation is beside its rows, as the head of a page shows it. A pure fold of the log.</summary>
/// <remarks>Immutable, so viewers share one; kept with the conversation's snapshot, so that a page need not fold a long log.</remarks>
public sealed record TranscriptHeader
{
    /// <summary>Before the first event.</summary>
    public static TranscriptHeader Empty { get; } = new();

    /// <summary>What the conversation is called; empty before its first event.</summary>
    public string Title { get; init; } = "";

    /// <summary>The engine the conversation was made for or switched to; null for the configured one.</summary>
    public string? Engine { get; init; }

    /// <summary>The conversation that started this one as a sub-agent; null for one a person started.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The profile a person switched to; null for the usual one of the surface.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether the conversation is in the trash.</summary>
    public bool IsTrashed { get; init; }

    /// <summary>Prompts that wait, in the order in which they will run.</summary>
    public ImmutableList<QueuedPrompt> Queue { get; init; } = [];

    /// <summary>The run at work; null when nothing runs.</summary>
    public RunningRun? Running { get; init; }

    /// <summary>The end of the latest run; null before the first one ended.</summary>
    public RunEndedItem? LastRun { get; init; }

    /// <summary>How full the model's window is; null while no call has reported tokens.</summary>
    public ContextGauge? Gauge { get; init; }

    /// <summary>The latest plan of the latest run; null when it has none.</summary>
    public PlanUpdated? Plan { get; init; }

    /// <summary>The latest draft; null before the first.</summary>
    public SpecDraftUpdated? Draft { get; init; }

    /// <summary>The latest approval; null before the first.</summary>
    public SpecApproved? Approved { get; init; }

    /// <summary>The files that tools of this conversation wrote; paths inside the project, with <c>/</c>.</summary>
    public ImmutableHashSet<string> ChangedFiles { get; init; } = [];

    /// <summary>The rows that wait for more of their own events, by their keys, with the sequences of those they have.</summary>
    public ImmutableDictionary<string, ImmutableList<long>> OpenItems { get; init; } = ImmutableDictionary<string, ImmutableList<long>>.Empty;

    /// <summary>The header after the next event.</summary>
    public TranscriptHeader After(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var next = AfterEvent(envelope);
        return next with
        {
            Running = RunningRun.After(Running, envelope),
            Gauge = ContextGauge.After(Gauge, envelope.Event),
            Queue = PromptQueue.After(Queue, envelope.Event),
            OpenItems = OpenItemsAfter(envelope),
        };
    }

    /// <summary>The header after a sign of life that is no event: more of an open text.</summary>
    public TranscriptHeader Heard() => Running is { } run && !ReferenceEquals(run, run.Heard()) ? this with { Running = run.Heard() } : this;

    private TranscriptHeader AfterEvent(EventEnvelope envelope) => envelope.Event switch
    {
        ConversationCreated created => this with { Title = created.Title, Engine = created.Engine, ParentId = created.ParentId },
        ConversationRenamed renamed => this with { Title = renamed.Title },
        ConversationTrashed => this with { IsTrashed = true },
        ConversationRestored => this with { IsTrashed = false },
        ProfileSwitched switched => this with { Profile = switched.Profile },
        EngineSwitched switched => this with { Engine = switched.Engine },
        RunStarted => this with { Plan = null },
        RunEnded ended => this with { LastRun = RunEndedItem.Of(ended, envelope) },
        PlanUpdated plan => this with { Plan = plan },
        SpecDraftUpdated draft => this with { Draft = draft },
        SpecApproved approved => this with { Approved = approved },
        ToolCallEnded { ChangedFile: { } file } => this with { ChangedFiles = ChangedFiles.Add(file) },
        _ => this,
    };

    private ImmutableDictionary<string, ImmutableList<long>> OpenItemsAfter(EventEnvelope envelope) => envelope.Event switch
    {
        TextStarted text => Opened(ItemKey.Text(text.ItemId), envelope),
        ReasoningStarted text => Opened(ItemKey.Text(text.ItemId), envelope),
        TextCompleted text => OpenItems.Remove(ItemKey.Text(text.ItemId)),
        ReasoningCompleted text => OpenItems.Remove(ItemKey.Text(text.ItemId)),
        ToolCallRequested call => Opened(ItemKey.Tool(envelope, call.CallId), envelope),
        ToolCallStarted call => Opened(ItemKey.Tool(envelope, call.CallId), envelope),
        FileCheckpointed checkpoint => Opened(ItemKey.Tool(envelope, checkpoint.CallId), envelope),
        ToolCallEnded call => OpenItems.Remove(ItemKey.Tool(envelope, call.CallId)),
        QuestionsAsked asked => Opened(ItemKey.Questions(asked.RequestId), envelope),
        QuestionsAnswered answered => OpenItems.Remove(ItemKey.Questions(answered.RequestId)),
        QuestionsExpired expired => OpenItems.Remove(ItemKey.Questions(expired.RequestId)),
        ApprovalRequested requested => Opened(ItemKey.Approval(requested.ApprovalId), envelope),
        ApprovalResolved resolved => OpenItems.Remove(ItemKey.Approval(resolved.ApprovalId)),
        CompactionStarted started => Opened(ItemKey.Compaction(started.CompactionId), envelope),
        CompactionCompleted completed => OpenItems.Remove(ItemKey.Compaction(completed.CompactionId)),
        CompactionFailed failed => OpenItems.Remove(ItemKey.Compaction(failed.CompactionId)),
        CompactionReverted reverted when OpenItems.ContainsKey(ItemKey.Compaction(reverted.CompactionId)) =>
            Opened(ItemKey.Compaction(reverted.CompactionId), envelope),
        SubAgentStarted child => Opened(ItemKey.SubAgent(child.ChildConversationId), envelope),
        SubAgentEnded child => OpenItems.Remove(ItemKey.SubAgent(child.ChildConversationId)),
        RunEnded => OpenItems.Clear(),
        _ => OpenItems,
    };

    private ImmutableDictionary<string, ImmutableList<long>> Opened(string key, EventEnvelope envelope) =>
        OpenItems.SetItem(key, OpenItems.GetValueOrDefault(key, []).Add(envelope.Sequence));
}
