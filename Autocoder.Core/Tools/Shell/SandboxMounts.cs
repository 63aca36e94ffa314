using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools.Files;

namespace Autocoder.Core.Tools.Shell;

/// <summary>What a command finds in the sandbox, as arguments of bubblewrap. A later one lies over an earlier one.</summary>
/// <remarks>See the manual page of bwrap 0.8. Nothing is there unless it is put there.</remarks>
[SupportedOSPlatform("linux")]
internal sealed class SandboxMounts(SandboxOptions options)
{
    private const int MaxMasked = 500;

    private static readonly string[] System = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix", "/snap"];
    private static readonly string[] SystemSecrets = ["/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/sudoers"];

    // Where tools that a person installs for themselves lie. What keys lie among them is masked like those of a project.
    private static readonly string[] Tools =
        [".dotnet", ".nvm", ".fnm", ".volta", ".bun/bin", ".deno/bin", ".cargo/bin", ".rustup", ".pyenv", ".rbenv", ".sdkman", ".asdf", ".local/bin", ".local/share/mise", ".local/share/pnpm", "go/bin", ".jenv"];

    /// <summary>What is cut off from the rest of the computer.</summary>
    public static IReadOnlyList<string> Namespaces(bool withNetwork) =>
    [
        "--unshare-user", "--disable-userns", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox",
        .. withNetwork ? (string[])[] : ["--unshare-net"],
    ];

    /// <summary>Everything for a command of a project.</summary>
    public IReadOnlyList<string> For(ProjectFolder folder, bool withNetwork) =>
    [
        .. Namespaces(withNetwork),
        .. System.SelectMany(OfSystem),
        "--proc", "/proc",
        "--dev", "/dev",
        "--tmpfs", "/tmp",
        "--tmpfs", "/var/tmp",
        "--dir", "/run",
        .. withNetwork ? NameServers() : [],
        .. SystemSecrets.Where(File.Exists).SelectMany(Hidden),
        .. Home(folder),
        .. Programs(),
        .. options.Readable.Where(Path.IsPathFullyQualified).SelectMany(ReadOnly),
        "--bind", folder.Root, folder.Root,
        .. Git(folder.Root),
        .. Secrets(folder).SelectMany(Hidden),
        "--remount-ro", "/",
    ];

    private static IEnumerable<string> OfSystem(string path)
    {
        var link = new DirectoryInfo(path).LinkTarget;
        return link is not null ? ["--symlink", link, path] : Directory.Exists(path) ? ReadOnly(path) : [];
    }

    private static string[] ReadOnly(string path) => ["--ro-bind-try", path, path];

    private static string[] Hidden(string path) => ["--ro-bind", "/dev/null", path];

    // The list of name servers is often a link to where the system keeps what changes.
    private static string[] NameServers()
    {
        var target = new FileInfo("/etc/resolv.conf").ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        return target?.StartsWith("/run/", StringComparison.Ordinal) == true ? ReadOnly(target) : [];
    }

    // A home of the project's own in the place of the person's: what tools keep there stays, and nothing of the person's is seen.
    private IEnumerable<string> Home(ProjectFolder folder)
    {
        var home = HomeOfPerson();
        var own = Path.Combine(options.Folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.Root)))[..16]);
        Directory.CreateDirectory(own, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return ["--bind", own, home, .. Tools.Select(tool => Path.Combine(home, tool)).SelectMany(ReadOnly)];
    }

    private static string HomeOfPerson() => Environment.GetEnvironmentVariable("HOME") is { Length: > 1 } home && home[0] == '/' ? home.TrimEnd('/') : "/root";

    // Programs that lie elsewhere, with what lies beside them: node's are in bin, and what they need in lib.
    private static IEnumerable<string> Programs()
    {
        var home = HomeOfPerson();
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(path => Path.IsPathFullyQualified(path) && Directory.Exists(path))
            .Where(path => !System.Any(system => path == system || path.StartsWith(system + "/", StringComparison.Ordinal)))
            .Select(path => Path.GetFileName(path) is "bin" && Path.GetDirectoryName(path) is { } above && above != home && above.Count(sign => sign == '/') > 1 ? above : path)
            .Distinct()
            .SelectMany(ReadOnly);
    }

    // What is written there is run by the person's own git later, outside of any sandbox.
    private static IEnumerable<string> Git(string root)
    {
        var git = Path.Combine(root, ".git");
        if (!Directory.Exists(git) || new DirectoryInfo(git).LinkTarget is not null)
        {
            return [];
        }

        var hooks = Path.Combine(git, "hooks");
        if (!Path.Exists(hooks))
        {
            Directory.CreateDirectory(hooks);
        }

        return new[] { hooks, Path.Combine(git, "config") }.Where(Path.Exists).SelectMany(path => (string[])["--ro-bind", path, path]);
    }

    private static IEnumerable<string> Secrets(ProjectFolder folder)
    {
        try
        {
            return [.. folder.EnumerateFiles().Where(file => SecretFile.Is(file.Path)).Take(MaxMasked).Select(file => Path.Combine(folder.Root, file.Path))];
        }
        catch (ProjectFileException)
        {
            return [];
        }
    }
}
