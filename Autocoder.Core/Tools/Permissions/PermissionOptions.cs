namespace Autocoder.Core.Tools.Permissions;

/// <summary>What the person's settings allow and deny, in every project. Bound to <see cref="SectionName"/> of the configuration.</summary>
public sealed class PermissionOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Autocoder:Permissions";

    /// <summary>The rules, in order; the last one that matches decides.</summary>
    public IList<ConfiguredRule> Rules { get; } = [];
}
