using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools.Permissions;

/// <summary>A rule as it is written in the settings; see <see cref="PermissionRule"/> for its parts.</summary>
public sealed class ConfiguredRule
{
    /// <summary>The tool's name; <c>*</c> stands for any characters.</summary>
    public string Tool { get; set; } = "";

    /// <summary>What the call touches; anything when it is left out.</summary>
    public string Resource { get; set; } = "**";

    /// <summary><c>Allow</c>, <c>Ask</c> or <c>Deny</c>.</summary>
    public PermissionEffect? Effect { get; set; }

    internal PermissionRule ToRule() => new(Tool, Resource, Effect ?? PermissionEffect.Ask);
}
