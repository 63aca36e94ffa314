using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs;

namespace Autocoder.Core.Sessions;

/// <summary>The live side of a conversation, for pages. Several pages share one; it holds nothing that is not in the log.</summary>
public abstract class Session
{
    private readonly IConversationLog _log;
    private readonly IConversationWriter _writer;
    private readonly Lock _gate = new();
    private Action? _changed;
    private IDisposable? _subscription;

    private protected Session(SessionServices services, Guid conversationId, Project project)
    {
        _log = services.Log;
        _writer = services.Writer;
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
    /// Raised on the committer's thread, so a handler must return at once. Subscribe before the first pull. The session
    /// listens to the log only while somebody listens to the session.
    /// </remarks>
    public event Action? Changed
    {
        add
        {
            lock (_gate)
            {
                _changed += value;
                _subscription ??= _log.Subscribe(ConversationId, Raise);
            }
        }

        remove
        {
            lock (_gate)
            {
                _changed -= value;
                if (_changed is null)
                {
                    _subscription?.Dispose();
                    _subscription = null;
                }
            }
        }
    }

    /// <summary>Whether any page listens.</summary>
    public bool HasViewers => _changed is not null;

    /// <summary>How many pages listen.</summary>
    public int Viewers => _changed?.GetInvocationList().Length ?? 0;

    /// <summary>Gets what is new after a position.</summary>
    /// <exception cref="ConversationNotFoundException">The conversation is gone.</exception>
    public Task<LogPull> PullAsync(LogPosition position, CancellationToken cancellationToken)
    {
        const int PageSize = 512;
        return _log.PullAsync(ConversationId, position, PageSize, cancellationToken);
    }

    /// <summary>Sends a prompt. A repeat with the same id changes nothing.</summary>
    /// <param name="promptId">Made by the page, once per text.</param>
    public Task<PromptReceipt> SendAsync(
        Guid promptId, string text, IReadOnlyList<Attachment> attachments, CancellationToken cancellationToken) =>
        Runs.SendAsync(ConversationId, new PromptAdmitted(promptId, text, attachments), cancellationToken);

    /// <summary>Takes back a prompt that waits.</summary>
    /// <returns>False when it is too late.</returns>
    public Task<bool> WithdrawAsync(Guid promptId, CancellationToken cancellationToken) =>
        Runs.WithdrawAsync(ConversationId, promptId, cancellationToken);

    /// <summary>Starts the oldest waiting prompt now, after a stop or a failure left it waiting.</summary>
    public Task SendQueuedAsync(CancellationToken cancellationToken) => Runs.SendQueuedAsync(ConversationId, cancellationToken);

    /// <summary>Stops a run; returns when it has ended. Harmless when repeated or late.</summary>
    public Task StopAsync(Guid runId, CancellationToken cancellationToken) => Runs.StopAsync(ConversationId, runId, cancellationToken);

    /// <summary>Answers questions. The first answer of any page wins.</summary>
    public Task<AnswerReceipt> AnswerAsync(Guid requestId, IReadOnlyList<Answer> answers, CancellationToken cancellationToken) =>
        Runs.AnswerAsync(ConversationId, requestId, answers, cancellationToken);

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

    /// <summary>Stops what runs and moves the conversation to the trash, where nothing is lost.</summary>
    public async Task TrashAsync(CancellationToken cancellationToken)
    {
        await Runs.StopAllAsync(ConversationId, cancellationToken).ConfigureAwait(false);
        await _writer.AppendAsync(
            ConversationId, state => state.IsTrashed ? [] : [new NewEvent(new ConversationTrashed())], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the conversation back out of the trash.</summary>
    public Task RestoreAsync(CancellationToken cancellationToken) => _writer.AppendAsync(
        ConversationId, state => state.IsTrashed ? [new NewEvent(new ConversationRestored())] : [], cancellationToken);

    private void Raise()
    {
        Action? changed;
        lock (_gate)
        {
            changed = _changed;
        }

        foreach (var handler in Delegate.EnumerateInvocationList(changed))
        {
            handler();
        }
    }
}
