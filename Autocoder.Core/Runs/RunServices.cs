using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Processes;
using Autocoder.Core.Profiles;
using Autocoder.Core.Projects;
using Autocoder.Core.Runs.Approvals;
using Autocoder.Core.Runs.Context;
using Autocoder.Core.Runs.Steps;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Permissions;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Runs;

/// <summary>What every run works with.</summary>
internal sealed class RunServices(
    IConversationWriter writer,
    IConversationLog log,
    ConversationStreams streams,
    EngineCatalog engines,
    ProfileCatalog profiles,
    ProjectRegistry projects,
    ToolExecutorFactory tools,
    ProjectPermissions permissions,
    ChildProcesses processes,
    BlobStore blobs,
    TimeProvider clock,
    IOptions<RunOptions> options,
    IOptions<PermissionOptions> permissionOptions,
    IOptions<ContextOptions> contextOptions) : IDisposable
{
    private const int PageSize = 1024;

    private readonly CancellationTokenSource _shuttingDown = new();
    private volatile bool _isLeaving;

    public IConversationWriter Writer { get; } = writer;

    public TimeProvider Clock { get; } = clock;

    public RunOptions Options { get; } = options.Value;

    public ChildProcesses Processes { get; } = processes;

    /// <summary>What files held before tools changed them.</summary>
    public BlobStore Blobs { get; } = blobs;

    public RunRules Rules { get; } = new(engines, profiles);

    /// <summary>The rules people saved for projects.</summary>
    public ProjectPermissions Permissions { get; } = permissions;

    /// <summary>The rules of the settings.</summary>
    public IReadOnlyList<PermissionRule> ConfiguredRules { get; } = [.. permissionOptions.Value.Rules.Select(rule => rule.ToRule())];

    /// <summary>The requests of sub-agents, as a person sees them in the conversation they talk to.</summary>
    public ApprovalMirrors Mirrors { get; } = new(writer, log, streams);

    /// <summary>The run at work with an id, or null; set by the supervisor, which alone knows.</summary>
    public Func<Guid, RunActor?> ActorOf { get; set; } = _ => null;

    /// <summary>Cancelled when the server is about to stop for good.</summary>
    public CancellationToken ShuttingDown => _shuttingDown.Token;

    /// <summary>Whether the server is on its way out, so that nothing new begins.</summary>
    public bool IsLeaving => _isLeaving;

    /// <summary>Starts a sub-agent; set by the supervisor, which alone can start runs.</summary>
    public Func<RunTicket, string, string, string, CancellationToken, Task<SubAgentResult>> StartSubAgent { get; set; } =
        (_, _, _, _, _) => throw new InvalidOperationException("The supervisor has not started.");

    public void Leave() => _isLeaving = true;

    public void ShutDown() => _shuttingDown.Cancel();

    public void Dispose() => _shuttingDown.Dispose();

    public EngineChoice Resolve(string engine) => engines.Resolve(engine);

    /// <summary>Lets the engines remove what they keep of a deleted conversation.</summary>
    public Task ForgetAsync(Guid conversationId, CancellationToken cancellationToken) => engines.ForgetAsync(conversationId, cancellationToken);

    /// <summary>The profile of a sub-agent: the one of its name, else its parent's. What it may do is cut to what its parent may.</summary>
    public string ProfileForSubAgent(string agent, string parentProfile) => profiles.Find(agent)?.Id ?? parentProfile;

    /// <summary>The profile a run works by now.</summary>
    public Profile ProfileOf(RunTicket ticket) => ActorOf(ticket.RunId)?.Profile ?? profiles.Get(ticket.Profile);

    /// <summary>The tools a run may use: its profile's, and for a sub-agent no more than its parent's.</summary>
    public IReadOnlyList<string> ToolsOf(RunTicket ticket) => ticket.Parent is null
        ? ProfileOf(ticket).Tools
        : SubAgentTools.Of(ProfileOf(ticket).Tools, ToolsOf(ticket.Parent), ticket.HasOwnProfile);

    /// <summary>What a conversation is now.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    public async Task<ConversationState> StateOfAsync(Guid conversationId, CancellationToken cancellationToken) =>
        (await streams.GetAsync(conversationId, cancellationToken).ConfigureAwait(false)).State;

    /// <summary>Gathers what an engine needs for a run.</summary>
    /// <exception cref="EngineException">The project or its folder is gone.</exception>
    public async Task<(IAgentEngine Engine, EngineRequest Request)> PrepareAsync(
        RunTicket ticket, RunActor actor, CancellationToken cancellationToken)
    {
        var project = await projects.FindAsync(ticket.ProjectId, cancellationToken).ConfigureAwait(false)
            ?? throw new EngineException("project_missing", "This conversation's project is no longer in the list. The conversation is kept; import the folder again to go on.");
        var choice = engines.Resolve(ticket.Engine);
        var history = await ReadAllAsync(ticket.ConversationId, cancellationToken).ConfigureAwait(false);
        var created = history.Select(envelope => envelope.Event).OfType<ConversationCreated>().First();
        var profile = ProfileIn(history, ticket) ?? FindProfile(ticket.Profile) ?? throw ProfileMissing(ticket.Profile);
        actor.Profile = profile;
        actor.Budget = await LoadBudgetAsync(ticket, RunOf(history, ticket), profile, cancellationToken).ConfigureAwait(false);
        actor.Folder = OpenFolder(project).Until(actor.HardStop);
        var executor = tools.Create(
            ToolsOf(ticket), ticket.ProjectId, ticket.ConversationId, actor.Folder, new ToolRun(actor, this, SeenFiles.Of(history)), new RunPermissions(ticket, this));
        if (await new WaitedCalls(actor, this).FinishAsync(executor, history, cancellationToken).ConfigureAwait(false))
        {
            history = await ReadAllAsync(ticket.ConversationId, cancellationToken).ConfigureAwait(false);
        }

        var context = new ContextKeeper(
            ContextLog.Of(history),
            (after, token) => ReadAfterAsync(ticket.ConversationId, after, token),
            (next, token) => actor.AppendManyAsync(_ => [next], token),
            contextOptions.Value);
        var steps = new RunSteps(ticket, this, actor, new EnginePreparation(profile, executor, context), history);
        var request = new EngineRequest(
            ticket.ConversationId, created.Surface, profile, choice.Variant, project.Name.Value, context.Log.View, executor, steps);
        var earlier = history.Select(envelope => envelope.Event).OfType<RunStarted>().TakeWhile(run => run.RunId != ticket.RunId)
            .Select(run => new EarlierRun(run.RunId, EngineCatalog.Split(run.Engine).Id));
        return (choice.Engine, request with { RunId = ticket.RunId, EarlierRuns = [.. earlier], TakenCallIds = context.Log.Run.CallIds, Folder = actor.Folder });
    }

    /// <summary>A profile as it is now; null when there is none of this name.</summary>
    public Profile? FindProfile(string id) => profiles.Find(id);

    /// <summary>The profile a person switched a run to since it began; null when nobody did, or that profile is gone again.</summary>
    public Profile? ProfileIn(IEnumerable<EventEnvelope> log, RunTicket ticket)
    {
        var switched = log.SkipWhile(envelope => envelope.RunId != ticket.RunId).Select(envelope => envelope.Event).OfType<ProfileSwitched>().LastOrDefault();
        return switched is null ? null : FindProfile(switched.Profile);
    }

    /// <summary>Reads the events of one run, in order.</summary>
    public async Task<IReadOnlyList<EventEnvelope>> ReadRunAsync(RunTicket ticket, CancellationToken cancellationToken) =>
        RunOf(await ReadAllAsync(ticket.ConversationId, cancellationToken).ConfigureAwait(false), ticket);

    private static IReadOnlyList<EventEnvelope> RunOf(IEnumerable<EventEnvelope> log, RunTicket ticket) =>
        [.. log.Where(envelope => envelope.RunId == ticket.RunId)];

    // A run that goes on after a restart goes on with what it had left.
    private async Task<RunBudget> LoadBudgetAsync(
        RunTicket ticket, IReadOnlyList<EventEnvelope> run, Profile profile, CancellationToken cancellationToken)
    {
        var limits = run.Select(envelope => envelope.Event).OfType<RunStarted>().FirstOrDefault()?.Limits ?? profile.Limits;
        var (steps, usage) = await SpentAsync(run, cancellationToken).ConfigureAwait(false);
        return new RunBudget(limits, steps, usage, ticket.Parent is null ? null : ActorOf(ticket.Parent.RunId)?.Budget);
    }

    private async Task<(int Steps, TokenUsage Usage)> SpentAsync(IReadOnlyList<EventEnvelope> events, CancellationToken cancellationToken)
    {
        var steps = events.Count(envelope => envelope.Event is StepStarted);
        var usage = events.Select(envelope => RunBudget.UsageOf(envelope.Event)).OfType<TokenUsage>().Aggregate(TokenUsage.None, (sum, used) => sum + used);
        foreach (var child in events.Select(envelope => envelope.Event).OfType<SubAgentStarted>())
        {
            var log = await ReadAllAsync(child.ChildConversationId, cancellationToken).ConfigureAwait(false);
            var (childSteps, childUsage) = await SpentAsync(log, cancellationToken).ConfigureAwait(false);
            (steps, usage) = (steps + childSteps, usage + childUsage);
        }

        return (steps, usage);
    }

    private static EngineException ProfileMissing(string id) => new(
        "profile_missing",
        $"The profile “{id}” of this run is no longer there, or its file has a mistake. Nothing was changed, and the conversation is kept. "
        + "Put the file back or mend it, or switch to another profile.");

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
