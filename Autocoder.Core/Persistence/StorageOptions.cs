using System.ComponentModel.DataAnnotations;

namespace Autocoder.Core.Persistence;

/// <summary>Where data is kept. Bound to the section <c>Autocoder</c> of the configuration.</summary>
public sealed class StorageOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Autocoder";

    /// <summary>The data directory; created when it is missing. <c>~/.autocoder</c> unless set.</summary>
    [Required]
    public string DataDirectory { get; set; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".autocoder");
}
