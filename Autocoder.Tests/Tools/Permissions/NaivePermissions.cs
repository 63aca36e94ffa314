using System.Text.RegularExpressions;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools.Permissions;

namespace Autocoder.Tests.Tools.Permissions;

/// <summary>The rules read word for word, slowly, with regular expressions: what <see cref="PermissionPolicy"/> is compared with.</summary>
internal static class NaivePermissions
{
    public static PermissionEffect Decide(
        IReadOnlyList<PermissionScope> scopes, string tool, ToolEffect effect, IReadOnlyList<string> resources)
    {
        var all = new List<PermissionEffect>();
        foreach (var scope in scopes)
        {
            if (resources.Count == 0)
            {
                all.Add(DecideOne(scope, tool, effect, null));
            }

            foreach (var resource in resources)
            {
                all.Add(DecideOne(scope, tool, effect, resource));
            }
        }

        return all.Contains(PermissionEffect.Deny) ? PermissionEffect.Deny
            : all.Contains(PermissionEffect.Ask) ? PermissionEffect.Ask
            : PermissionEffect.Allow;
    }

    private static PermissionEffect DecideOne(PermissionScope scope, string tool, ToolEffect effect, string? resource)
    {
        var configured = Last(scope, tool, resource, [PermissionSource.Profile, PermissionSource.Configured]);
        if (configured == PermissionEffect.Deny)
        {
            return PermissionEffect.Deny;
        }

        return Last(scope, tool, resource, [PermissionSource.Project, PermissionSource.Conversation])
            ?? configured
            ?? (effect == ToolEffect.ReadOnly ? PermissionEffect.Allow : PermissionEffect.Ask);
    }

    private static PermissionEffect? Last(PermissionScope scope, string tool, string? resource, PermissionSource[] sources)
    {
        PermissionEffect? last = null;
        foreach (var source in sources)
        {
            foreach (var rule in scope.Layers.Single(layer => layer.Source == source).Rules)
            {
                if (Regex.IsMatch(tool, "^" + Regex.Escape(rule.Tool).Replace("\\*", ".*", StringComparison.Ordinal) + "$") && Touches(rule, resource))
                {
                    last = rule.Effect;
                }
            }
        }

        return last;
    }

    private static bool Touches(PermissionRule rule, string? resource)
    {
        if (resource is null)
        {
            return rule.Resource == "**";
        }

        var expression = Regex.Escape(rule.Resource)
            .Replace("\\*\\*", ".*", StringComparison.Ordinal)
            .Replace("\\*", "[^/]*", StringComparison.Ordinal);
        return Regex.IsMatch(resource, $"^{expression}$", rule.Effect == PermissionEffect.Deny ? RegexOptions.IgnoreCase : RegexOptions.None);
    }
}
