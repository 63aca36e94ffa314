using System.ComponentModel.DataAnnotations;

namespace Autocoder.Web.Hosting;

/// <summary>Where the pages are. Bound to the section <c>Autocoder</c> of the configuration.</summary>
public sealed class WebOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Autocoder";

    /// <summary>The port on the loopback addresses; 0 for any free one.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 4280;
}
