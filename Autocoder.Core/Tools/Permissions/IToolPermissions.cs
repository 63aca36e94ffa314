using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>Decides what the calls of one run may do. Implemented by <c>Runs</c>, which knows whose rules apply.</summary>
public interface IToolPermissions
{
    /// <summary>Decides about one call, by the rules as they are now.</summary>
    /// <param name="resources">What the call touches; none for a call that touches nothing.</param>
    Task<PermissionDecision> DecideAsync(
        string tool, ToolEffect effect, IReadOnlyList<ToolResource> resources, CancellationToken cancellationToken);
}
