using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>The rules of one source, in their order.</summary>
public sealed record PermissionLayer(PermissionSource Source, IReadOnlyList<PermissionRule> Rules);
