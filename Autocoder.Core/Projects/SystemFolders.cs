using Autocoder.Core.Files;

namespace Autocoder.Core.Projects;

/// <summary>The folders that belong to the operating system.</summary>
internal sealed class SystemFolders
{
    // With everything inside.
    private static readonly string[] OnLinux =
        ["/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/lost+found", "/proc", "/run", "/sbin", "/sys", "/usr", "/var"];

    private static readonly string[] OnMac =
        ["/Applications", "/Library", "/System", "/bin", "/cores", "/dev", "/private/etc", "/private/var", "/sbin", "/usr"];

    // Only the folder itself: projects of people lie inside.
    private static readonly string[] OnUnixItself =
        ["/home", "/media", "/mnt", "/opt", "/srv", "/tmp", "/private", "/private/tmp", "/Users", "/Volumes"];

    // Inside a refused one, yet made for people: temporary files, and homes on systems that keep them in /var.
    private static readonly string[] Allowed =
        ["/var/tmp", "/var/home", "/var/roothome", "/private/var/folders", "/private/var/tmp"];

    private readonly string[] _whole;

    public SystemFolders() => _whole = OperatingSystem.IsWindows() ? OnWindows() : OperatingSystem.IsMacOS() ? OnMac : OnLinux;

    /// <summary>The system folder that <paramref name="folder"/> is or lies in; null when it is free.</summary>
    public string? Find(string folder)
    {
        if (Allowed.Any(allowed => PathRules.IsInside(folder, allowed)))
        {
            return null;
        }

        return _whole.FirstOrDefault(system => PathRules.IsSameOrInside(folder, system))
            ?? OnUnixItself.FirstOrDefault(system => PathRules.Same(folder, system));
    }

    private static string[] OnWindows() =>
    [
        .. new[]
        {
            Environment.SpecialFolder.Windows,
            Environment.SpecialFolder.System,
            Environment.SpecialFolder.ProgramFiles,
            Environment.SpecialFolder.ProgramFilesX86,
            Environment.SpecialFolder.CommonApplicationData,
        }.Select(Environment.GetFolderPath).Where(folder => folder.Length > 0),
    ];
}
