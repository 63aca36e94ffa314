using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Profiles;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Permissions;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Runs.Approvals;

/// <summary>Tries a new rule on what agents have asked for in a project so far. Changes nothing.</summary>
/// <remarks>
/// Judges by the profiles, settings and saved rules of now, not by those of then; what was allowed for a single conversation is left out.
/// A call is judged in the folder as it is now.
/// </remarks>
public sealed class PolicyPreview(
    IConversationList list,
    IConversationLog log,
    ProjectRegistry projects,
    ProjectPermissions permissions,
    ProfileCatalog profiles,
    ToolCatalog tools,
    IOptions<PermissionOptions> configured)
{
    /// <summary>The most calls judged at once.</summary>
    public const int MaxCalls = 5_000;

    private const int PageSize = 1_024;

    /// <summary>Judges the calls of the past with and without a rule saved for the project.</summary>
    /// <exception cref="ProjectNotFoundException">There is no such project.</exception>
    /// <exception cref="ProjectFileException">Its folder cannot be reached.</exception>
    public async Task<PolicyOutcome> TryAsync(Guid projectId, PermissionRule rule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var project = await projects.FindAsync(projectId, cancellationToken).ConfigureAwait(false) ?? throw new ProjectNotFoundException(projectId);
        var saved = await permissions.ListAsync(projectId, cancellationToken).ConfigureAwait(false);
        var trial = new Trial(ProjectFolder.Open(project.Folder), [.. saved.Select(entry => entry.Rule)], rule);
        foreach (var conversation in await list.ListAsync(projectId, surface: null, trashed: false, cancellationToken).ConfigureAwait(false))
        {
            trial.Conversations++;
            trial.Reading = conversation;
            await ReadAsync(trial, conversation.Id, [], cancellationToken).ConfigureAwait(false);
        }

        return trial.ToOutcome();
    }

    /// <summary>Says what is wrong with a rule; null when it can be saved.</summary>
    public string? FindProblem(PermissionRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return PermissionOptionsValidator.FindProblem(tools, rule.Tool, rule.Resource, rule.Effect) is { } problem ? $"The rule {problem}" : null;
    }

    // A sub-agent may do no more than the agents above it, so their profiles count for its calls too.
    private async Task ReadAsync(Trial trial, Guid conversationId, IReadOnlyList<string> above, CancellationToken cancellationToken)
    {
        var calls = new Dictionary<string, Call>(StringComparer.Ordinal);
        var asked = new Dictionary<Guid, string>();
        var profile = "";
        await foreach (var envelope in EventsAsync(conversationId, cancellationToken).ConfigureAwait(false))
        {
            switch (envelope.Event)
            {
                case RunStarted started:
                    profile = started.Profile;
                    break;
                case ProfileSwitched switched:
                    profile = switched.Profile;
                    break;
                case ToolCallRequested requested when trial.Count < MaxCalls:
                    trial.Count++;
                    calls[requested.CallId] = new Call(requested, envelope, [profile, .. above]);
                    break;
                case ToolCallRequested:
                    trial.IsCut = true;
                    break;
                case ApprovalRequested { ChildConversationId: null } request:
                    asked[request.ApprovalId] = request.CallId;
                    break;
                case ApprovalResolved { Outcome: ApprovalOutcome.Rejected or ApprovalOutcome.RejectedWithComment } no
                    when asked.TryGetValue(no.ApprovalId, out var callId) && calls.TryGetValue(callId, out var refused):
                    refused.IsRejected = true;
                    break;
                case SubAgentStarted child:
                    await ReadAsync(trial, child.ChildConversationId, [profile, .. above], cancellationToken).ConfigureAwait(false);
                    break;
            }
        }

        foreach (var call in calls.Values)
        {
            Judge(trial, call);
        }
    }

    private void Judge(Trial trial, Call call)
    {
        if (tools.Find(call.Requested.Tool) is not { } tool)
        {
            return;
        }

        try
        {
            var resources = tool.ResourcesOf(call.Requested.Arguments, trial.Folder);
            PermissionDecision Decide(IReadOnlyList<PermissionRule> rules) => PermissionPolicy.Decide(
                [.. call.Profiles.Select(profile => ScopeOf(profile, rules))], call.Requested.Tool, call.Requested.Effect, resources);

            var alone = new PermissionScope("", [new PermissionLayer(PermissionSource.Project, [trial.Rule])]);
            var isMatched = resources.DefaultIfEmpty(null).Any(resource =>
                PermissionPolicy.Decide([alone], call.Requested.Tool, call.Requested.Effect, resource is null ? [] : [resource]).Rule is not null);
            trial.Matched += isMatched ? 1 : 0;
            trial.Add(call, Decide(trial.Rules).Effect, Decide([.. trial.Rules, trial.Rule]).Effect);
        }
        catch (ProjectFileException)
        {
            // A path that is outside of the project is refused before any rule is read.
        }
    }

    private PermissionScope ScopeOf(string profile, IReadOnlyList<PermissionRule> rules) => new(
        profile,
        [
            new PermissionLayer(PermissionSource.Profile, profiles.Find(profile)?.Permissions ?? []),
            new PermissionLayer(PermissionSource.Configured, [.. configured.Value.Rules.Select(rule => rule.ToRule())]),
            new PermissionLayer(PermissionSource.Project, rules),
        ]);

    private async IAsyncEnumerable<EventEnvelope> EventsAsync(
        Guid conversationId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long after = 0;
        while (await log.ReadAsync(conversationId, after, PageSize, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var envelope in page)
            {
                yield return envelope;
            }

            after = page[^1].Sequence;
        }
    }

    private sealed class Call(ToolCallRequested requested, EventEnvelope envelope, IReadOnlyList<string> profiles)
    {
        public ToolCallRequested Requested => requested;

        public EventEnvelope Envelope => envelope;

        public IReadOnlyList<string> Profiles => profiles;

        public bool IsRejected { get; set; }
    }

    private sealed class Trial(ProjectFolder folder, IReadOnlyList<PermissionRule> rules, PermissionRule rule)
    {
        private readonly Dictionary<(string, string, PermissionEffect, PermissionEffect), PolicyChange> _changes = [];

        public ProjectFolder Folder => folder;

        public IReadOnlyList<PermissionRule> Rules => rules;

        public PermissionRule Rule => rule;

        public ConversationSummary? Reading { get; set; }

        public int Conversations { get; set; }

        public int Count { get; set; }

        public int Matched { get; set; }

        public bool IsCut { get; set; }

        public void Add(Call call, PermissionEffect before, PermissionEffect after)
        {
            if (before == after)
            {
                return;
            }

            var key = (call.Requested.Tool, call.Requested.Title, before, after);
            var known = _changes.GetValueOrDefault(key)
                ?? new PolicyChange(call.Requested.Tool, call.Requested.Title, before, after, 0, 0, Reading!, call.Envelope.At);
            var isNewer = call.Envelope.At >= known.At;
            _changes[key] = known with
            {
                Times = known.Times + 1,
                Rejected = known.Rejected + (call.IsRejected ? 1 : 0),
                In = isNewer ? Reading! : known.In,
                At = isNewer ? call.Envelope.At : known.At,
            };
        }

        public PolicyOutcome ToOutcome() => new(
            Conversations, Count, Matched, IsCut,
            [.. _changes.Values.OrderByDescending(change => change.Times).ThenByDescending(change => change.At)]);
    }
}
