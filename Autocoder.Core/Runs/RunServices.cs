using Autocoder.Core.Conversations;
using Autocoder.Core.Engines;
using Autocoder.Core.Profiles;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs.Context;
using Autocoder.Core.Runs.Steps;
using Autocoder.Core.Tools;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Runs;

/// <summary>What every run works with.</summary>
internal sealed class RunServices(
    IConversationWriter writer,
    IConversationLog log,
    EngineCatalog engines,
    ProfileCatalog profiles,
    ProjectRegistry projects,
    ToolExecutorFactory tools,
    TimeProvider clock,
    IOptions<RunOptions> options,
    IOptions<ContextOptions> contextOptions) : IDisposable
{
    private const int PageSize = 1024;

    private readonly CancellationTokenSource _shuttingDown = new();

    public IConversationWriter Writer { get; } = writer;

    public TimeProvider Clock { get; } = clock;

    public RunOptions Options { get; } = options.Value;

    public RunRules Rules { get; } = new(engines, profiles);

    /// <summary>Cancelled when the server is about to stop for good.</summary>
    public CancellationToken ShuttingDown => _shuttingDown.Token;

    /// <summary>Starts a sub-agent; set by the supervisor, which alone can start runs.</summary>
    public Func<RunTicket, string, string, string, CancellationToken, Task<SubAgentResult>> StartSubAgent { get; set; } =
        (_, _, _, _, _) => throw new InvalidOperationException("The supervisor has not started.");

    public void ShutDown() => _shuttingDown.Cancel();

    public void Dispose() => _shuttingDown.Dispose();

    public EngineChoice Resolve(string engine) => engines.Resolve(engine);

    /// <summary>The profile of a sub-agent: the one of its name if it may do no more than its parent, else its parent's.</summary>
    public string ProfileForSubAgent(string agent, string parentProfile) =>
        profiles.Find(agent) is { } own && !own.Tools.Except(profiles.Get(parentProfile).Tools).Any() ? own.Id : parentProfile;

    /// <summary>Gathers what an engine needs for a run.</summary>
    /// <exception cref="EngineException">The project or its folder is gone.</exception>
    public async Task<(IAgentEngine Engine, EngineRequest Request)> PrepareAsync(
        RunTicket ticket, RunActor actor, CancellationToken cancellationToken)
    {
        var project = await projects.FindAsync(ticket.ProjectId, cancellationToken).ConfigureAwait(false)
            ?? throw new EngineException("project_missing", "This conversation's project is no longer in the list. The conversation is kept; import the folder again to go on.");
        var choice = engines.Resolve(ticket.Engine);
        var history = await ReadAllAsync(ticket.ConversationId, cancellationToken).ConfigureAwait(false);
        var created = history.Select(envelope => envelope.Event).OfType<Conversations.Events.ConversationCreated>().First();
        var profile = profiles.Resolve(ticket.Profile, created.Surface);
        var executor = tools.Create(profile.Tools, ticket.ProjectId, ticket.ConversationId, OpenFolder(project), new ToolRun(actor, this));

        var context = new ContextKeeper(
            ContextLog.Of(history),
            (after, token) => ReadAfterAsync(ticket.ConversationId, after, token),
            (next, token) => actor.AppendManyAsync(_ => [next], token),
            contextOptions.Value);
        var steps = new RunSteps(actor, new EnginePreparation(profile, executor, context));
        var request = new EngineRequest(
            ticket.ConversationId, created.Surface, profile, choice.Variant, project.Name.Value, context.Log.View, executor, steps);
        return (choice.Engine, request with { TakenCallIds = context.Log.Run.CallIds });
    }

    private static ProjectFolder OpenFolder(Project project)
    {
        try
        {
            return ProjectFolder.Open(project.Folder);
        }
        catch (ProjectFileException exception)
        {
            throw new EngineException(
                "project_folder_missing",
                $"{exception.Message} Nothing was changed, and the conversation is kept. Put the folder back, or choose “Locate…” on the start page.",
                exception);
        }
    }

    /// <summary>Reads a whole conversation.</summary>
    public Task<IReadOnlyList<EventEnvelope>> ReadAllAsync(Guid conversationId, CancellationToken cancellationToken) =>
        ReadAfterAsync(conversationId, 0, cancellationToken);

    /// <summary>Reads what a conversation has after a sequence.</summary>
    public async Task<IReadOnlyList<EventEnvelope>> ReadAfterAsync(Guid conversationId, long after, CancellationToken cancellationToken)
    {
        var all = new List<EventEnvelope>();
        while (true)
        {
            var page = await log.ReadAsync(conversationId, after + all.Count, PageSize, cancellationToken).ConfigureAwait(false);
            all.AddRange(page);
            if (page.Count < PageSize)
            {
                return all;
            }
        }
    }
}
