using System.ComponentModel.DataAnnotations;

namespace Autocoder.Core.Processes;

/// <summary>How programs are started for agents. Bound to <c>Autocoder:Processes</c>.</summary>
public sealed class ProcessOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Autocoder:Processes";

    /// <summary>Where it is kept which programs are at work, so that those of a server that died can be ended later.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>
    /// Environment variables that programs get besides the few they need, by name: <c>JAVA_HOME</c>, <c>https_proxy</c>. One whose
    /// name smells of a secret is never handed on.
    /// </summary>
    public IReadOnlyList<string> Environment { get; set; } = [];
}
