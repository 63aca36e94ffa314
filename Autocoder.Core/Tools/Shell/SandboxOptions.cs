namespace Autocoder.Core.Tools.Shell;

/// <summary>How commands are kept apart from the computer. Bound to <see cref="SectionName"/> of the configuration.</summary>
public sealed class SandboxOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Autocoder:Sandbox";

    /// <summary>Whether commands run in bubblewrap where it is installed. Without it every command is asked about.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether commands reach the network without being asked about it.</summary>
    public bool Network { get; set; }

    /// <summary>Folders outside of the project that commands may read besides the system's, as absolute paths.</summary>
    public IReadOnlyList<string> Readable { get; set; } = [];

    /// <summary>Where the homes of projects are kept: what their commands keep in <c>~</c>, apart from the person's own.</summary>
    public string Folder { get; set; } = "";
}
