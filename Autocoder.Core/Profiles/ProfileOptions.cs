namespace Autocoder.Core.Profiles;

/// <summary>Where a person's own profiles are. Bound to <see cref="SectionName"/> of the configuration.</summary>
public sealed class ProfileOptions
{
    public const string SectionName = "Autocoder:Profiles";

    /// <summary>A folder of <c>*.json</c> files; null for the built-in profiles only. Need not exist.</summary>
    public string? Folder { get; set; }
}
