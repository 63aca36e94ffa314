using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Permissions;

namespace Autocoder.Core.Runs.Approvals;

/// <summary>What one run may do, by the rules of its agent and of all agents above it, as they are at the moment of each question.</summary>
internal sealed class RunPermissions(RunTicket ticket, RunServices services) : IToolPermissions
{
    public async Task<PermissionDecision> DecideAsync(
        string tool, ToolEffect effect, IReadOnlyList<ToolResource> resources, CancellationToken cancellationToken)
    {
        var saved = await services.Permissions.ListAsync(ticket.ProjectId, cancellationToken).ConfigureAwait(false);
        var scopes = new List<PermissionScope>();
        for (var agent = ticket; agent is not null; agent = agent.Parent)
        {
            var profile = services.ProfileOf(agent);
            scopes.Add(new PermissionScope(
                profile.Id,
                [
                    new PermissionLayer(PermissionSource.Profile, profile.Permissions),
                    new PermissionLayer(PermissionSource.Configured, services.ConfiguredRules),
                    new PermissionLayer(PermissionSource.Project, [.. saved.Select(rule => rule.Rule)]),
                    new PermissionLayer(PermissionSource.Conversation, await RulesOfAsync(agent, cancellationToken).ConfigureAwait(false)),
                ]));
        }

        return PermissionPolicy.Decide(scopes, tool, effect, resources);
    }

    // A sub-agent works for the conversation above it: what a person allowed there, they allowed for its sub-agents too.
    private async Task<IReadOnlyList<PermissionRule>> RulesOfAsync(RunTicket agent, CancellationToken cancellationToken)
    {
        IReadOnlyList<PermissionRule> above = agent.Parent is null ? [] : await RulesOfAsync(agent.Parent, cancellationToken).ConfigureAwait(false);
        return [.. above, .. (await services.StateOfAsync(agent.ConversationId, cancellationToken).ConfigureAwait(false)).Rules];
    }
}
