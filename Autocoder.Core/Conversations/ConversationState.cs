using System.Collections.Immutable;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations;

/// <summary>What a conversation is now, as far as the next event depends on it. A pure fold of its log.</summary>
/// <remarks>
/// <see cref="Apply"/> is also the law: an event that does not fit is refused, and the committer calls it inside the
/// transaction, so the log cannot hold a history that this type would not accept.
/// </remarks>
public sealed record ConversationState
{
    /// <summary>Before the first event.</summary>
    public static ConversationState Empty { get; } = new();

    /// <summary>The last event; 0 before the first.</summary>
    public long HeadSequence { get; init; }

    /// <summary>The first event; null before it.</summary>
    public ConversationCreated? Created { get; init; }

    /// <summary>The current title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Whether a person, or the first prompt, has given the title; an automatic title never replaces a person's.</summary>
    public bool HasTitle { get; init; }

    /// <summary>Whether it is in the trash.</summary>
    public bool IsTrashed { get; init; }

    /// <summary>Whether it is kept at the top of its list.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Whether it was put away.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Whether the tombstone was written.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>All prompts ever admitted; a repeat is recognised by it.</summary>
    public ImmutableHashSet<Guid> PromptIds { get; init; } = [];

    /// <summary>Prompts that wait, oldest first.</summary>
    public ImmutableList<PromptAdmitted> Queue { get; init; } = [];

    /// <summary>The profile a person switched to; null for the usual one of the surface.</summary>
    public string? Profile { get; init; }

    /// <summary>The engine of its next runs; null for whatever is configured when one starts.</summary>
    public string? Engine { get; init; }

    /// <summary>What a person allowed for all of this conversation, the latest last.</summary>
    public ImmutableList<PermissionRule> Rules { get; init; } = [];

    /// <summary>The run without an end; null when nothing runs.</summary>
    public RunState? Run { get; init; }

    /// <summary>The latest draft of a specification; null before the first.</summary>
    public SpecDraftUpdated? Draft { get; init; }

    /// <summary>The latest draft's revision; 0 before the first.</summary>
    public int DraftRevision => Draft?.Revision ?? 0;

    /// <summary>The latest approved version; 0 before the first.</summary>
    public int ApprovedVersion { get; init; }

    /// <summary>The state after the next event.</summary>
    /// <exception cref="IllegalEventException">The event does not fit.</exception>
    public ConversationState Apply(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var next = ApplyEvent(envelope);
        return next with { HeadSequence = envelope.Sequence };
    }

    private ConversationState ApplyEvent(EventEnvelope envelope)
    {
        Require(Created is not null != envelope.Event is ConversationCreated, "a conversation begins with its creation, once");
        Require(!IsDeleted, "the conversation was deleted");
        Require(!IsTrashed || envelope.Event is ConversationRestored or ConversationDeleted, "the conversation is in the trash");

        return envelope.Event switch
        {
            ConversationCreated created => this with { Created = created, Title = created.Title, Engine = created.Engine },
            ConversationRenamed renamed => this with { Title = renamed.Title, HasTitle = true },
            ConversationTrashed => Ended(envelope) with { IsTrashed = true },
            ConversationRestored => Restored(),
            ConversationPinChanged changed => this with { IsPinned = changed.IsPinned },
            ConversationArchiveChanged changed => this with { IsArchived = changed.IsArchived },
            ConversationDeleted => Ended(envelope) with { IsDeleted = true },
            PromptAdmitted admitted => Admit(admitted),
            PromptEdited edited => Replace(edited.PromptId, prompt => prompt with { Text = edited.Text }),
            PromptDeliveryChanged changed => Replace(changed.PromptId, prompt => prompt with { Delivery = changed.Delivery }),
            PromptsReordered reordered => Reorder(reordered),
            PromptWithdrawn withdrawn => this with { Queue = Queue.Remove(Waiting(withdrawn.PromptId)) },
            RunStarted started => StartRun(started, envelope),
            PromptDelivered delivered => Deliver(delivered, envelope),
            RunEnded => EndRun(envelope),
            PermissionRuleAdded added => this with { Rules = Rules.Add(added.Rule) },
            PermissionRuleRemoved removed => this with { Rules = Rules.Remove(removed.Rule) },
            ProfileSwitched switched => this with { Profile = switched.Profile },
            EngineSwitched switched => this with { Engine = switched.Engine },
            CompactionRequested or CompactionReverted => this,
            UndoStarted => BeginUndo(),
            UndoEnded undone => EndUndo(undone),
            SpecDraftUpdated draft => UpdateDraft(draft),
            SpecApproved approved => Approve(approved),
            UnknownEvent => this,
            _ => this with { Run = OwnRun(envelope).Apply(envelope.Event) },
        };
    }

    private ConversationState Ended(EventEnvelope envelope)
    {
        Require(Run is null, $"{envelope.Event.GetType().Name} must wait for the end of the run");
        return this;
    }

    private ConversationState Restored()
    {
        Require(IsTrashed, "only what is in the trash can be restored");
        return this with { IsTrashed = false };
    }

    private ConversationState Admit(PromptAdmitted admitted)
    {
        Require(!PromptIds.Contains(admitted.PromptId), "the prompt was admitted before");
        return this with { PromptIds = PromptIds.Add(admitted.PromptId), Queue = Queue.Add(admitted) };
    }

    private ConversationState Replace(Guid promptId, Func<PromptAdmitted, PromptAdmitted> change)
    {
        var waiting = Waiting(promptId);
        return this with { Queue = Queue.Replace(waiting, change(waiting)) };
    }

    private ConversationState Reorder(PromptsReordered reordered)
    {
        Require(
            reordered.PromptIds.Count == Queue.Count && reordered.PromptIds.ToHashSet().SetEquals(Queue.Select(prompt => prompt.PromptId)),
            "an order names every waiting prompt once");
        return this with { Queue = [.. reordered.PromptIds.Select(Waiting)] };
    }

    private ConversationState StartRun(RunStarted started, EventEnvelope envelope)
    {
        Require(Run is null, "a run is active; one conversation has one run at a time");
        Require(envelope.RunId == started.RunId, "a run's events carry its id");
        Waiting(started.PromptId);
        return this with { Run = new RunState(started, envelope.At) };
    }

    private ConversationState Deliver(PromptDelivered delivered, EventEnvelope envelope)
    {
        var run = OwnRun(envelope);
        return this with { Queue = Queue.Remove(Waiting(delivered.PromptId)), Run = run };
    }

    private ConversationState EndRun(EventEnvelope envelope)
    {
        OwnRun(envelope).RequireEndable();
        return this with { Run = null };
    }

    private ConversationState BeginUndo()
    {
        Require(Run is null, "changes are taken back only while no run is at work");
        return this;
    }

    // A run may have begun since the undo did.
    private ConversationState EndUndo(UndoEnded undone)
    {
        Require(Run?.RunId != undone.OfRunId, "changes of a run at work are not taken back");
        return this;
    }

    private ConversationState UpdateDraft(SpecDraftUpdated draft)
    {
        Require(draft.Revision == DraftRevision + 1, $"the next draft is revision {DraftRevision + 1}, not {draft.Revision}");
        return this with { Draft = draft };
    }

    private ConversationState Approve(SpecApproved approved)
    {
        Require(approved.Revision <= DraftRevision, $"there is no draft of revision {approved.Revision}");
        Require(approved.Version > ApprovedVersion, $"version {approved.Version} was approved before");
        return this with { ApprovedVersion = approved.Version };
    }

    // The fence: once a run has ended, nothing that still holds its id can write.
    private RunState OwnRun(EventEnvelope envelope)
    {
        Require(
            Run is not null && envelope.RunId == Run.RunId,
            $"{envelope.Event.GetType().Name} belongs to a run that is not active");
        return Run!;
    }

    private PromptAdmitted Waiting(Guid promptId) =>
        Queue.Find(prompt => prompt.PromptId == promptId)
            ?? throw new IllegalEventException($"Refused: the prompt {promptId} is not waiting.");

    internal static void Require(bool condition, string rule)
    {
        if (!condition)
        {
            throw new IllegalEventException($"Refused: {rule}.");
        }
    }
}
