namespace Autocoder.Core.Tools.Permissions;

/// <summary>What one agent may do by itself.</summary>
/// <param name="Profile">The agent's profile, for the words of a reason.</param>
/// <param name="Layers">Its rules, in the order of <see cref="PermissionSource"/>.</param>
public sealed record PermissionScope(string Profile, IReadOnlyList<PermissionLayer> Layers);
