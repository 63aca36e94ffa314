using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>What the rules say of a call.</summary>
/// <param name="Reason">Which rule says so and where it comes from, as a sentence for a person.</param>
/// <param name="Rule">The rule that decided; null when none speaks of the call.</param>
/// <param name="Source">Where that rule comes from; null when there is none.</param>
public sealed record PermissionDecision(
    PermissionEffect Effect, string Reason, PermissionRule? Rule = null, PermissionSource? Source = null);
