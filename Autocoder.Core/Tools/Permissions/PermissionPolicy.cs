using Autocoder.Core.Conversations;
using Autocoder.Core.Tools.Permissions.Commands;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>What a call may do, by the rules. Pure.</summary>
/// <remarks>
/// The last rule that matches decides, with one exception: what the profile and the settings deny between them, no saved rule
/// and no permission of a conversation allows again. Of several resources the strictest decision counts; so it does of an agent
/// and all the agents above it. Without a match, what the tool says of the resource counts; where it says nothing, looking is
/// allowed and everything else is asked. A rule that denies also
/// matches a path in other letters, since the file system may not tell them apart.
/// </remarks>
public static class PermissionPolicy
{
    private const string Anything = "**";
    private const int MaxReasons = 4;

    /// <summary>Decides about one call.</summary>
    /// <param name="scopes">The agent that asks, then the agent above it, up to the one a person talks to.</param>
    /// <param name="resources">What the call touches; none for a call that touches nothing.</param>
    public static PermissionDecision Decide(
        IReadOnlyList<PermissionScope> scopes, string tool, ToolEffect effect, IReadOnlyList<ToolResource> resources)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(resources);
        ToolResource?[] touched = resources.Count == 0 ? [null] : [.. resources];
        return WithAllReasons((
            from scope in scopes.Index()
            from resource in touched
            select Decide(scope.Item, isAbove: scope.Index > 0, tool, effect, resource, names: touched.Length > 1)).ToList());
    }

    // A person who is asked sees everything of a call that needs them, not only the first of it.
    private static PermissionDecision WithAllReasons(List<PermissionDecision> decisions)
    {
        var strictest = decisions.MaxBy(decision => decision.Effect)!;
        var reasons = decisions.Where(decision => decision.Effect == strictest.Effect).Select(decision => decision.Reason).Distinct().ToList();
        return strictest.Effect is not PermissionEffect.Ask || reasons.Count == 1
            ? strictest
            : strictest with { Reason = string.Join(' ', reasons.Take(MaxReasons)) + (reasons.Count > MaxReasons ? $" And {reasons.Count - MaxReasons} more." : "") };
    }

    /// <summary>The exact rule "always" would save for a call; null when no rule says just that.</summary>
    public static PermissionRule? AlwaysFor(string tool, IReadOnlyList<ToolResource> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        if (tool.Contains('*', StringComparison.Ordinal))
        {
            return null;
        }

        // What the tool allows by itself needs no rule.
        return resources.Where(resource => resource.Standing is not PermissionEffect.Allow).ToList() switch
        {
            [] => new PermissionRule(tool, Anything, PermissionEffect.Allow),
            [{ Narrowest: { } narrowest }] => new PermissionRule(tool, narrowest, PermissionEffect.Allow),
            [{ Words: { } words } only] when words.All(word => word is not null) => new PermissionRule(tool, only.Name, PermissionEffect.Allow),
            [{ Words: null, Line: null } only] => Exactly(tool, only.Name),
            [{ Line: { } line }, ..] => Exactly(tool, line),
            _ => null,
        };
    }

    // A star in a path or a line would be read as a pattern and allow more than was shown.
    private static PermissionRule? Exactly(string tool, string resource) =>
        resource.Contains('*', StringComparison.Ordinal) ? null : new PermissionRule(tool, resource, PermissionEffect.Allow);

    private static PermissionDecision Decide(
        PermissionScope scope, bool isAbove, string tool, ToolEffect effect, ToolResource? resource, bool names)
    {
        var words = new PermissionWords(scope.Profile, isAbove, tool, names ? resource?.Name : null);
        if (resource is { Standing: PermissionEffect.Deny, Why: var never })
        {
            return new PermissionDecision(PermissionEffect.Deny, $"No rule allows this: {never}");
        }

        var matches = (
            from layer in scope.Layers
            from rule in layer.Rules
            where IsMatch(rule, tool, resource)
            select (Rule: rule, layer.Source)).ToList();
        var fixedLast = matches.FindLastIndex(match => match.Source is PermissionSource.Profile or PermissionSource.Configured);
        var isDenied = fixedLast >= 0 && matches[fixedLast].Rule.Effect is PermissionEffect.Deny;
        var deciding = isDenied ? fixedLast : matches.Count - 1;
        return deciding < 0 && resource is { Standing: { } standing, Why: { } why } ? new PermissionDecision(standing, words.Judged(why))
            : deciding < 0 ? effect is ToolEffect.ReadOnly
                ? new PermissionDecision(PermissionEffect.Allow, words.OnlyLooks())
                : new PermissionDecision(PermissionEffect.Ask, words.NoRule())
            : new PermissionDecision(
                matches[deciding].Rule.Effect, words.Said(matches[deciding].Rule, matches[deciding].Source),
                matches[deciding].Rule, matches[deciding].Source);
    }

    private static bool IsMatch(PermissionRule rule, string tool, ToolResource? resource)
    {
        var ignoreCase = rule.Effect is PermissionEffect.Deny;
        return PermissionPattern.MatchesTool(rule.Tool, tool) && resource switch
        {
            null => rule.Resource == Anything,
            { Line: { } line } when rule.Resource == line => true,
            { Words: { } words } => CommandPattern.Matches(rule.Resource, words, ignoreCase),
            _ => PermissionPattern.MatchesResource(rule.Resource, resource.Name, ignoreCase),
        };
    }
}
