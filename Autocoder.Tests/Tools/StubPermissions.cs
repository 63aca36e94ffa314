using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;
using Autocoder.Core.Tools.Permissions;

namespace Autocoder.Tests.Tools;

/// <summary>Permissions that decide as a test says; everything is allowed unless it says otherwise.</summary>
internal sealed class StubPermissions : IToolPermissions
{
    public Func<string, IReadOnlyList<ToolResource>, PermissionDecision> Decide { get; set; } =
        (_, _) => new PermissionDecision(PermissionEffect.Allow, "Allowed.");

    public Task<PermissionDecision> DecideAsync(
        string tool, ToolEffect effect, IReadOnlyList<ToolResource> resources, CancellationToken cancellationToken) =>
        Task.FromResult(Decide(tool, resources));
}
