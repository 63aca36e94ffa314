using System.ComponentModel.DataAnnotations;

namespace Autocoder.Core.Projects;

/// <summary>What the folder rules must know of this machine.</summary>
public sealed class ProjectFolderOptions
{
    /// <summary>Autocoder's own data directory, absolute.</summary>
    [Required]
    public string DataDirectory { get; set; } = "";

    /// <summary>What <c>~</c> means; by default the home folder of the person who runs the process.</summary>
    [Required]
    public string Home { get; set; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
