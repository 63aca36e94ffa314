using System.ComponentModel.DataAnnotations;

namespace Autocoder.Core.Engines;

/// <summary>Which engine drives runs. Bound to <see cref="SectionName"/> of the configuration.</summary>
public sealed class EngineOptions
{
    public const string SectionName = "Autocoder:Engine";

    /// <summary>The engine of runs that name none, with its variant after a colon: <c>offline</c>, <c>scripted:demo</c>.</summary>
    [Required]
    public string Default { get; set; } = "offline";

    /// <summary>The engine of the wizard; null or blank for <see cref="Default"/>.</summary>
    public string? Spec { get; set; }

    /// <summary>The engine of the assistant; null or blank for <see cref="Default"/>.</summary>
    public string? Assistant { get; set; }

    /// <summary>The engine of the console; null or blank for <see cref="Default"/>.</summary>
    public string? Agent { get; set; }
}
