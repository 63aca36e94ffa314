using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>What a call may do, by the rules. Pure.</summary>
/// <remarks>
/// The last rule that matches decides, with one exception: what the profile and the settings deny between them, no saved rule
/// and no permission of a conversation allows again. Of several resources the strictest decision counts; so it does of an agent
/// and all the agents above it. Without a match, looking is allowed and everything else is asked. A rule that denies also
/// matches a path in other letters, since the file system may not tell them apart.
/// </remarks>
public static class PermissionPolicy
{
    private const string Anything = "**";

    /// <summary>Decides about one call.</summary>
    /// <param name="scopes">The agent that asks, then the agent above it, up to the one a person talks to.</param>
    /// <param name="resources">What the call touches; none for a call that touches nothing.</param>
    public static PermissionDecision Decide(
        IReadOnlyList<PermissionScope> scopes, string tool, ToolEffect effect, IReadOnlyList<string> resources)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(resources);
        string?[] touched = resources.Count == 0 ? [null] : [.. resources];
        return (
            from scope in scopes.Index()
            from resource in touched
            select Decide(scope.Item, isAbove: scope.Index > 0, tool, effect, resource, names: touched.Length > 1))
            .Aggregate((strictest, next) => next.Effect > strictest.Effect ? next : strictest);
    }

    /// <summary>The exact rule "always" would save for a call; null when no rule says just that.</summary>
    public static PermissionRule? AlwaysFor(string tool, IReadOnlyList<string> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);

        // A star in a path or a command would be read as a pattern and allow more than was shown.
        return resources switch
        {
            _ when tool.Contains('*', StringComparison.Ordinal) => null,
            [] => new PermissionRule(tool, Anything, PermissionEffect.Allow),
            [var only] when !only.Contains('*', StringComparison.Ordinal) => new PermissionRule(tool, only, PermissionEffect.Allow),
            _ => null,
        };
    }

    private static PermissionDecision Decide(
        PermissionScope scope, bool isAbove, string tool, ToolEffect effect, string? resource, bool names)
    {
        var matches = (
            from layer in scope.Layers
            from rule in layer.Rules
            where IsMatch(rule, tool, resource)
            select (Rule: rule, layer.Source)).ToList();
        var fixedLast = matches.FindLastIndex(match => match.Source is PermissionSource.Profile or PermissionSource.Configured);
        var isDenied = fixedLast >= 0 && matches[fixedLast].Rule.Effect is PermissionEffect.Deny;
        var deciding = isDenied ? fixedLast : matches.Count - 1;
        var words = new PermissionWords(scope.Profile, isAbove, tool, names ? resource : null);
        return deciding < 0
            ? effect is ToolEffect.ReadOnly
                ? new PermissionDecision(PermissionEffect.Allow, words.OnlyLooks())
                : new PermissionDecision(PermissionEffect.Ask, words.NoRule())
            : new PermissionDecision(
                matches[deciding].Rule.Effect, words.Said(matches[deciding].Rule, matches[deciding].Source),
                matches[deciding].Rule, matches[deciding].Source);
    }

    private static bool IsMatch(PermissionRule rule, string tool, string? resource) =>
        PermissionPattern.MatchesTool(rule.Tool, tool)
        && (resource is null
            ? rule.Resource == Anything
            : PermissionPattern.MatchesResource(rule.Resource, resource, ignoreCase: rule.Effect is PermissionEffect.Deny));
}
