namespace Autocoder.Core.Tools.Permissions;

/// <summary>Keeps the rules people saved for projects.</summary>
public interface IPermissionRuleStore
{
    /// <summary>Adds a rule. Does nothing when the project has the same one already.</summary>
    Task AddAsync(SavedRule rule, CancellationToken cancellationToken);

    /// <summary>The rules of a project, oldest first.</summary>
    Task<IReadOnlyList<SavedRule>> ListAsync(Guid projectId, CancellationToken cancellationToken);

    /// <summary>Removes a rule.</summary>
    /// <returns>False when the project has no such rule.</returns>
    Task<bool> RemoveAsync(Guid projectId, Guid ruleId, CancellationToken cancellationToken);
}
