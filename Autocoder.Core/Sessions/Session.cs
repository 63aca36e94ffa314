using Autocoder.Core.Checkpoints;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Runs.Context;

namespace Autocoder.Core.Sessions;

/// <summary>The live side of a conversation, for pages. Several pages share one; it holds nothing that is not in the log.</summary>
public abstract class Session
{
    private const int PageSize = 512;

    private readonly IConversationLog _log;
    private readonly IConversationWriter _writer;
    private readonly FileUndo _undo;
    private readonly Lock _gate = new();
    private readonly List<(Action Handler, IDisposable Subscription)> _viewers = [];
    private int _followers;

    private protected Session(SessionServices services, Guid conversationId, Project project)
    {
        _log = services.Log;
        _writer = services.Writer;
        _undo = services.Undo;
        Runs = services.Runs;
        ConversationId = conversationId;
        Project = project;
    }

    /// <summary>The conversation.</summary>
    public Guid ConversationId { get; }

    /// <summary>The project, as it was when the session was opened.</summary>
    public Project Project { get; }

    /// <summary>Which surface this is.</summary>
    public abstract ConversationKind Surface { get; }

    private protected RunSupervisor Runs { get; }

    /// <summary>Raised when there may be something new. Carries nothing: call <see cref="PullAsync"/>.</summary>
    /// <remarks>
    /// Raised on the committer's thread, so a handler must return at once. Subscribe before the first pull. Each handler
    /// has a doorbell of its own: one that throws is logged and keeps none of the others from hearing.
    /// </remarks>
    public event Action? Changed
    {
        add
        {
            ArgumentNullException.ThrowIfNull(value);
            lock (_gate)
            {
                _viewers.Add((value, _log.Subscribe(ConversationId, value)));
            }
        }

        remove
        {
            lock (_gate)
            {
                var index = _viewers.FindLastIndex(viewer => viewer.Handler == value);
                if (index >= 0)
                {
                    _viewers[index].Subscription.Dispose();
                    _viewers.RemoveAt(index);
                }
            }
        }
    }

    /// <summary>How many listen: pages, and those who follow in another way.</summary>
    public int Viewers
    {
        get
        {
            lock (_gate)
            {
                return _viewers.Count + _followers;
            }
        }
    }

    /// <summary>Whether anybody listens.</summary>
    public bool HasViewers => Viewers > 0;

    /// <summary>Whether something is lost when nobody has this session any more: somebody listens, or a run is at work.</summary>
    public bool IsBusy => HasViewers || Runs.IsAtWork(ConversationId);

    /// <summary>When it was last opened.</summary>
    public DateTimeOffset OpenedAt { get; internal set; }

    /// <summary>Gets what the conversation is now.</summary>
    /// <exception cref="ConversationNotFoundException">The conversation is gone.</exception>
    public Task<ConversationMoment> GetAsync(CancellationToken cancellationToken) => _log.GetAsync(ConversationId, cancellationToken);

    /// <summary>Becomes a viewer who follows with <see cref="FollowAsync"/>, unless there are too many.</summary>
    /// <param name="most">The most viewers there may be with this one, pages included.</param>
    /// <returns>Dispose it to leave; null when there are too many.</returns>
    public IDisposable? TryJoin(int most)
    {
        lock (_gate)
        {
            return _viewers.Count + _followers < most ? new Seat(this) : null;
        }
    }

    /// <summary>Follows the conversation for ever, at the pace of whoever enumerates. Ends only by cancellation.</summary>
    public IAsyncEnumerable<LogFrame> FollowAsync(LogCursor after, FollowOptions options, CancellationToken cancellationToken) =>
        _log.FollowAsync(ConversationId, after, options, cancellationToken);

    /// <summary>Gets what is new after a position.</summary>
    /// <exception cref="ConversationNotFoundException">The conversation is gone.</exception>
    public Task<LogPull> PullAsync(LogPosition position, CancellationToken cancellationToken) =>
        _log.PullAsync(ConversationId, position, PageSize, cancellationToken);

    /// <summary>Opens the conversation at its end: the first page, at a cost that does not depend on the conversation's length.</summary>
    /// <exception cref="ConversationNotFoundException">The conversation is gone.</exception>
    public Task<LogOpening> OpenAsync(CancellationToken cancellationToken) => _log.OpenAsync(ConversationId, FirstPage, cancellationToken);

    /// <summary>Gets the page before an event.</summary>
    public Task<LogPage> ReadEarlierAsync(long before, CancellationToken cancellationToken) =>
        _log.ReadEarlierAsync(ConversationId, before, PageSize, cancellationToken);

    /// <summary>Gets a part of the conversation from anywhere in it, at a cost that does not depend on where that is.</summary>
    /// <param name="from">The first event.</param>
    /// <param name="through">The last event; it need not exist yet.</param>
    public Task<LogPage> ReadStretchAsync(long from, long through, CancellationToken cancellationToken) =>
        _log.ReadStretchAsync(ConversationId, from, through, cancellationToken);

    /// <summary>Finds where an event is told.</summary>
    /// <returns>Null when there is no event with this sequence.</returns>
    public async Task<TranscriptPlace?> FindPlaceAsync(long sequence, CancellationToken cancellationToken)
    {
        var read = sequence < 1 ? [] : await _log.ReadAsync(ConversationId, sequence - 1, 1, cancellationToken).ConfigureAwait(false);
        return read is [{ } envelope] && envelope.Sequence == sequence ? new TranscriptPlace(ItemKey.Of(envelope), sequence) : null;
    }

    /// <summary>Looks whether another process wrote, so that the next pull has it. For a page that has heard nothing for a while.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => _log.RefreshAsync(ConversationId, cancellationToken);

    /// <summary>How many events a page begins with.</summary>
    private protected virtual int FirstPage => PageSize;

    /// <summary>Sends a prompt. A repeat with the same id changes nothing.</summary>
    /// <param name="promptId">Made by the page, once per text.</param>
    public Task<PromptReceipt> SendAsync(
        Guid promptId, string text, IReadOnlyList<Attachment> attachments, CancellationToken cancellationToken) =>
        SendAsync(promptId, text, attachments, PromptDelivery.Queue, planFirst: false, cancellationToken);

    /// <summary>Sends a prompt. A repeat with the same id changes nothing.</summary>
    /// <param name="promptId">Made by the page, once per text.</param>
    /// <param name="delivery">Whether it waits for the end of the run at work, or goes into it before its next model call.</param>
    /// <param name="planFirst">Whether its run analyses and plans before it changes anything.</param>
    public Task<PromptReceipt> SendAsync(
        Guid promptId,
        string text,
        IReadOnlyList<Attachment> attachments,
        PromptDelivery delivery,
        bool planFirst,
        CancellationToken cancellationToken) =>
        SendAsync(new PromptAdmitted(promptId, text, attachments, Delivery: delivery, PlanFirst: planFirst), cancellationToken);

    /// <summary>Goes on with an ended run, whatever its end was, in a new run that is told what the old one left unknown.</summary>
    /// <param name="promptId">Made by the page, once per press of the button; a repeat changes nothing.</param>
    public Task<PromptReceipt> ContinueAsync(Guid promptId, Guid runId, CancellationToken cancellationToken) =>
        Runs.ContinueAsync(ConversationId, promptId, runId, cancellationToken);

    /// <summary>Sends a prompt that says how it is to be run. A repeat with the same id changes nothing.</summary>
    public Task<PromptReceipt> SendAsync(PromptAdmitted prompt, CancellationToken cancellationToken) =>
        Runs.SendAsync(ConversationId, prompt, cancellationToken);

    /// <summary>Takes back a prompt that waits.</summary>
    /// <returns>False when it is too late.</returns>
    public Task<bool> WithdrawAsync(Guid promptId, CancellationToken cancellationToken) =>
        Runs.Inbox.WithdrawAsync(ConversationId, promptId, cancellationToken);

    /// <summary>Gives a waiting prompt another text.</summary>
    /// <returns>False when it is too late.</returns>
    /// <exception cref="ArgumentException">The text cannot be sent; the message says why, in words for the person.</exception>
    public Task<bool> EditAsync(Guid promptId, string text, CancellationToken cancellationToken) =>
        Runs.Inbox.EditAsync(ConversationId, promptId, text, cancellationToken);

    /// <summary>Makes a waiting prompt steer the run at work, or wait for its end again.</summary>
    /// <returns>False when it is too late, or it is delivered that way anyway.</returns>
    public Task<bool> SetDeliveryAsync(Guid promptId, PromptDelivery delivery, CancellationToken cancellationToken) =>
        Runs.Inbox.SetDeliveryAsync(ConversationId, promptId, delivery, cancellationToken);

    /// <summary>Puts the waiting prompts into another order; what is not named keeps its order at the end.</summary>
    /// <returns>False when nothing changed.</returns>
    public Task<bool> ReorderAsync(IReadOnlyList<Guid> promptIds, CancellationToken cancellationToken) =>
        Runs.Inbox.ReorderAsync(ConversationId, promptIds, cancellationToken);

    /// <summary>Gives the conversation another profile: its next run has it, and a run at work from its next model call on.</summary>
    /// <exception cref="ArgumentException">There is no such profile for this surface; the message says so in words for the person.</exception>
    public Task SwitchProfileAsync(string profileId, CancellationToken cancellationToken) =>
        Runs.SwitchProfileAsync(ConversationId, profileId, cancellationToken);

    /// <summary>Gives the conversation another engine from its next run on. What was said here is shown to it.</summary>
    /// <param name="engine">Its name, with its variant after a colon; null for whatever is configured.</param>
    /// <exception cref="ArgumentException">There is no such engine; the message says so in words for the person.</exception>
    public Task SwitchEngineAsync(string? engine, CancellationToken cancellationToken) =>
        Runs.SwitchEngineAsync(ConversationId, engine, cancellationToken);

    /// <summary>Starts the oldest waiting prompt now, after a stop or a failure left it waiting.</summary>
    /// <returns>Refused, with the reason, when its run cannot be started; it goes on waiting then.</returns>
    public Task<PromptReceipt> SendQueuedAsync(CancellationToken cancellationToken) => Runs.SendQueuedAsync(ConversationId, cancellationToken);

    /// <summary>Stops a run; returns when it has ended. Harmless when repeated or late.</summary>
    public Task StopAsync(Guid runId, CancellationToken cancellationToken) => Runs.StopAsync(ConversationId, runId, cancellationToken);

    /// <summary>Stops whatever runs in the conversation; returns when it has ended.</summary>
    public Task StopAllAsync(CancellationToken cancellationToken) => Runs.StopAllAsync(ConversationId, cancellationToken);

    /// <summary>Answers questions. The first answer of any page wins.</summary>
    public Task<AnswerReceipt> AnswerAsync(Guid requestId, IReadOnlyList<Answer> answers, CancellationToken cancellationToken) =>
        Runs.AnswerAsync(ConversationId, requestId, answers, cancellationToken);

    /// <summary>Answers a request for approval. The first answer of any page wins.</summary>
    public Task<ApprovalReceipt> ApproveAsync(Guid approvalId, ApprovalAnswer answer, CancellationToken cancellationToken) =>
        Runs.ResolveApprovalAsync(ConversationId, approvalId, answer, cancellationToken);

    /// <summary>Takes back a permission that was given for this conversation.</summary>
    /// <returns>False when there is no such rule.</returns>
    public Task<bool> RemoveRuleAsync(PermissionRule rule, CancellationToken cancellationToken) =>
        Runs.RemoveRuleAsync(ConversationId, rule, cancellationToken);

    /// <summary>Asks for room in what the model is shown: it is made before the next model call, of the run at work or of the next one.</summary>
    /// <returns>False when it was asked for already, or the conversation is in the trash.</returns>
    public Task<bool> CompactAsync(CancellationToken cancellationToken) =>
        new CompactionRequests(_log, _writer).RequestAsync(ConversationId, cancellationToken);

    /// <summary>Takes a compaction back: from the next model call on the original is shown again. Should it no longer fit, room is made anew.</summary>
    /// <returns>False when there is no such compaction, it has failed, or it was taken back before.</returns>
    public Task<bool> RevertCompactionAsync(Guid compactionId, CancellationToken cancellationToken) =>
        new CompactionRequests(_log, _writer).RevertAsync(ConversationId, compactionId, cancellationToken);

    /// <summary>What was summarised and left out in this conversation, oldest first.</summary>
    public Task<IReadOnlyList<CompactionRecord>> ReadCompactionsAsync(CancellationToken cancellationToken) =>
        new CompactionRequests(_log, _writer).ReadAsync(ConversationId, cancellationToken);

    /// <summary>Looks what taking changes back, or putting them in again, would do. Changes nothing.</summary>
    public Task<UndoPreview> PreviewUndoAsync(UndoTarget target, CancellationToken cancellationToken) =>
        _undo.PreviewAsync(ConversationId, Project.Folder, target, cancellationToken);

    /// <summary>Takes changes of files back, or puts them in again, while no run is at work.</summary>
    /// <param name="overwrite">Files the person agreed to overwrite, each with <see cref="UndoFile.Seen"/>.</param>
    public Task<UndoReceipt> UndoAsync(UndoTarget target, IReadOnlyDictionary<string, string> overwrite, CancellationToken cancellationToken) =>
        _undo.ApplyAsync(ConversationId, Project.Folder, target, overwrite, cancellationToken);

    /// <summary>Gives the conversation another title. A blank one changes nothing.</summary>
    public Task RenameAsync(string title, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(title);
        const int MaxLength = 200;
        var trimmed = title.Trim();
        trimmed = trimmed.Length > MaxLength ? trimmed[..MaxLength] : trimmed;
        return _writer.AppendAsync(
            ConversationId,
            state => trimmed.Length == 0 || trimmed == state.Title ? [] : [new NewEvent(new ConversationRenamed(trimmed))],
            cancellationToken);
    }

    /// <summary>Keeps the conversation at the top of its list, or no longer.</summary>
    public Task PinAsync(bool isPinned, CancellationToken cancellationToken) => _writer.AppendAsync(
        ConversationId, state => state.IsPinned == isPinned ? [] : [new NewEvent(new ConversationPinChanged(isPinned))], cancellationToken);

    /// <summary>Puts the conversation away, or takes it out again. What runs goes on.</summary>
    public Task ArchiveAsync(bool isArchived, CancellationToken cancellationToken) => _writer.AppendAsync(
        ConversationId, state => state.IsArchived == isArchived ? [] : [new NewEvent(new ConversationArchiveChanged(isArchived))], cancellationToken);

    /// <summary>Stops what runs and moves the conversation to the trash, where nothing is lost.</summary>
    public Task TrashAsync(CancellationToken cancellationToken) => Runs.TrashAsync(ConversationId, cancellationToken);

    /// <summary>Stops what runs, waits for its end, and deletes the conversation for good, with those of its sub-agents.</summary>
    /// <exception cref="NotSupportedException">It is the wizard's: a project has one for ever.</exception>
    public Task DeleteAsync(CancellationToken cancellationToken) => Surface is ConversationKind.Spec
        ? throw new NotSupportedException("The conversation of the specification belongs to the project and cannot be deleted.")
        : Runs.DeleteAsync(ConversationId, cancellationToken);

    /// <summary>Takes the conversation back out of the trash.</summary>
    public Task RestoreAsync(CancellationToken cancellationToken) => _writer.AppendAsync(
        ConversationId, state => state.IsTrashed ? [new NewEvent(new ConversationRestored())] : [], cancellationToken);

    // Freed once, however often it is disposed.
    private sealed class Seat : IDisposable
    {
        private Session? _session;

        public Seat(Session session)
        {
            _session = session;
            session._followers++;
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _session, null) is { } session)
            {
                lock (session._gate)
                {
                    session._followers--;
                }
            }
        }
    }
}
