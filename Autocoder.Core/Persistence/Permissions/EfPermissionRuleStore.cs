using Autocoder.Core.Conversations;
using Autocoder.Core.Tools.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Autocoder.Core.Persistence.Permissions;

/// <summary>The saved rules in SQLite.</summary>
internal sealed class EfPermissionRuleStore(Database database) : IPermissionRuleStore
{
    public Task AddAsync(SavedRule rule, CancellationToken cancellationToken) => database.WriteAsync(
        async (context, token) =>
        {
            var isKnown = await context.Set<PermissionRuleRow>().AnyAsync(
                row => row.ProjectId == rule.ProjectId
                    && row.Tool == rule.Rule.Tool && row.Resource == rule.Rule.Resource && row.Effect == rule.Rule.Effect,
                token).ConfigureAwait(false);
            if (!isKnown)
            {
                context.Add(ToRow(rule));
            }
        },
        cancellationToken);

    public Task<IReadOnlyList<SavedRule>> ListAsync(Guid projectId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SavedRule>>(
            async (context, token) =>
            {
                var rows = await context.Set<PermissionRuleRow>()
                    .Where(row => row.ProjectId == projectId)
                    .OrderBy(row => row.SavedAt).ThenBy(row => row.Id)
                    .ToListAsync(token)
                    .ConfigureAwait(false);
                return [.. rows.Select(ToRule)];
            },
            cancellationToken);

    public Task<bool> RemoveAsync(Guid projectId, Guid ruleId, CancellationToken cancellationToken) => database.WriteAsync(
        async (context, token) => await context.Set<PermissionRuleRow>()
            .Where(row => row.ProjectId == projectId && row.Id == ruleId)
            .ExecuteDeleteAsync(token)
            .ConfigureAwait(false) > 0,
        cancellationToken);

    private static PermissionRuleRow ToRow(SavedRule saved) => new()
    {
        Id = saved.Id,
        ProjectId = saved.ProjectId,
        Tool = saved.Rule.Tool,
        Resource = saved.Rule.Resource,
        Effect = saved.Rule.Effect,
        SavedAt = saved.SavedAt,
        ConversationId = saved.ConversationId,
    };

    private static SavedRule ToRule(PermissionRuleRow row) =>
        new(row.Id, row.ProjectId, new PermissionRule(row.Tool, row.Resource, row.Effect), row.SavedAt, row.ConversationId);
}
