using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>The rules people saved for projects: to be read by runs, and seen and removed by people.</summary>
public sealed class ProjectPermissions(IPermissionRuleStore store, TimeProvider clock)
{
    /// <summary>The rules of a project, oldest first, with when and in which conversation each was saved.</summary>
    public Task<IReadOnlyList<SavedRule>> ListAsync(Guid projectId, CancellationToken cancellationToken) =>
        store.ListAsync(projectId, cancellationToken);

    /// <summary>Takes a rule back. Calls that have started go on; the next ones are asked for again.</summary>
    /// <returns>False when the project has no such rule, or it was removed before.</returns>
    public Task<bool> RemoveAsync(Guid projectId, Guid ruleId, CancellationToken cancellationToken) =>
        store.RemoveAsync(projectId, ruleId, cancellationToken);

    /// <summary>Keeps a rule. Saving the same one twice changes nothing.</summary>
    /// <param name="conversationId">Where a person said so; empty for a page of its own.</param>
    public Task SaveAsync(Guid projectId, PermissionRule rule, Guid conversationId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return store.AddAsync(new SavedRule(Guid.CreateVersion7(now), projectId, rule, now, conversationId), cancellationToken);
    }
}
