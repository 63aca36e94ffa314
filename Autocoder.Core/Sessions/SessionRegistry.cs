using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Autocoder.Core.Checkpoints;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs;
using Autocoder.Core.Specs;

namespace Autocoder.Core.Sessions;

/// <summary>Opens the sessions of conversations. Pages that open the same conversation get the same session.</summary>
public sealed class SessionRegistry
{
    /// <summary>How many sessions stay in memory although nobody looks and nothing runs.</summary>
    public const int MaxIdle = 64;

    private readonly SessionServices _services;
    private readonly IConversationList _conversations;
    private readonly ProjectRegistry _projects;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<Guid, Session> _sessions = new();

    internal SessionRegistry(
        IConversationLog log,
        IConversationWriter writer,
        IConversationList conversations,
        RunSupervisor runs,
        FileUndo undo,
        ProjectRegistry projects,
        SpecApproval approval,
        SpecVersions versions,
        TimeProvider clock)
    {
        _services = new SessionServices(log, writer, runs, undo, approval, versions);
        _conversations = conversations;
        _projects = projects;
        _clock = clock;
    }

    /// <summary>The sessions in memory.</summary>
    public IReadOnlyCollection<Session> Sessions => [.. _sessions.Values];

    /// <summary>Makes a conversation.</summary>
    /// <param name="engine">The engine all its runs use; null for the configured one.</param>
    /// <param name="title">Null for one taken from the first prompt.</param>
    public async Task<Guid> CreateAsync(
        Guid projectId, ConversationKind surface, string? engine, string? title, CancellationToken cancellationToken)
    {
        var conversationId = Guid.CreateVersion7();
        var created = new ConversationCreated(projectId, surface, title ?? "New conversation", engine);
        await _services.Writer.AppendAsync(
            conversationId,
            _ => title is null ? [new NewEvent(created)] : [new NewEvent(created), new NewEvent(new ConversationRenamed(title))],
            cancellationToken).ConfigureAwait(false);
        return conversationId;
    }

    /// <summary>Opens the wizard of a project; its conversation is made on first use.</summary>
    /// <exception cref="ProjectNotFoundException">There is no such project.</exception>
    public async Task<SpecSession> OpenSpecAsync(Guid projectId, CancellationToken cancellationToken)
    {
        // One wizard a project: the id follows from the project's, so two tabs that come first at once make the same one.
        var conversationId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"spec:{projectId:N}")).AsSpan(0, 16));
        await _services.Writer.AppendAsync(
            conversationId,
            state => state.Created is null
                ? [new NewEvent(new ConversationCreated(projectId, ConversationKind.Spec, "Specification"))]
                : [],
            cancellationToken).ConfigureAwait(false);
        var session = await OpenAsync(conversationId, (id, project) => new SpecSession(_services, id, project), cancellationToken)
            .ConfigureAwait(false);
        await session.ReconcileAsync(cancellationToken).ConfigureAwait(false);
        return session;
    }

    /// <summary>Opens a conversation of the assistant.</summary>
    /// <exception cref="ConversationNotFoundException">There is none with this id on this surface.</exception>
    /// <exception cref="ProjectNotFoundException">Its project is no longer in the list.</exception>
    public Task<AssistantSession> OpenAssistantAsync(Guid conversationId, CancellationToken cancellationToken) =>
        OpenAsync(conversationId, (id, project) => new AssistantSession(_services, id, project), cancellationToken);

    /// <summary>Opens a conversation of the console.</summary>
    /// <exception cref="ConversationNotFoundException">There is none with this id on this surface.</exception>
    /// <exception cref="ProjectNotFoundException">Its project is no longer in the list.</exception>
    public Task<AgentSession> OpenAgentAsync(Guid conversationId, CancellationToken cancellationToken) =>
        OpenAsync(conversationId, (id, project) => new AgentSession(_services, id, project), cancellationToken);

    /// <summary>Opens a conversation, whichever surface it belongs to.</summary>
    /// <exception cref="ConversationNotFoundException">There is none with this id.</exception>
    /// <exception cref="ProjectNotFoundException">Its project is no longer in the list.</exception>
    public Task<Session> OpenAsync(Guid conversationId, CancellationToken cancellationToken) =>
        OpenAsync<Session>(conversationId, Make, cancellationToken);

    /// <summary>Stops what runs in a session and forgets it. The conversation stays; opening it again makes a new session.</summary>
    public async Task CloseAsync(Session session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        await session.StopAllAsync(cancellationToken).ConfigureAwait(false);
        _sessions.TryRemove(KeyValuePair.Create(session.ConversationId, session));
    }

    private Task<T> OpenAsync<T>(Guid conversationId, Func<Guid, Project, T> make, CancellationToken cancellationToken)
        where T : Session =>
        OpenAsync(
            conversationId,
            (summary, project) => make(conversationId, project) is { } fresh && fresh.Surface == summary.Surface
                ? fresh : throw new ConversationNotFoundException(conversationId),
            cancellationToken);

    private async Task<T> OpenAsync<T>(
        Guid conversationId, Func<ConversationSummary, Project, T> make, CancellationToken cancellationToken)
        where T : Session
    {
        var summary = await _conversations.FindAsync(conversationId, cancellationToken).ConfigureAwait(false)
            ?? throw new ConversationNotFoundException(conversationId);
        var project = await _projects.FindAsync(summary.ProjectId, cancellationToken).ConfigureAwait(false)
            ?? throw new ProjectNotFoundException(summary.ProjectId);

        var fresh = make(summary, project);
        var session = _sessions.AddOrUpdate(
            conversationId,
            fresh,
            (_, known) => known is T { HasViewers: true } || known.Project == project ? known : fresh);
        session.OpenedAt = _clock.GetUtcNow();
        Forget();
        return (T)session;
    }

    private Session Make(ConversationSummary summary, Project project) => summary.Surface switch
    {
        ConversationKind.Spec => new SpecSession(_services, summary.Id, project),
        ConversationKind.Assistant => new AssistantSession(_services, summary.Id, project),
        _ => new AgentSession(_services, summary.Id, project),
    };

    // A session that is not busy holds nothing that the log does not have. The one opened longest ago goes first, so that a
    // page between opening its session and listening to it keeps it.
    private void Forget()
    {
        if (_sessions.Count <= MaxIdle)
        {
            return;
        }

        var idle = _sessions.Where(session => !session.Value.IsBusy).OrderByDescending(session => session.Value.OpenedAt).Skip(MaxIdle);
        foreach (var session in idle)
        {
            _sessions.TryRemove(session);
        }
    }
}
