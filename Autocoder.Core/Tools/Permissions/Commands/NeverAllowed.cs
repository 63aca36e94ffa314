using System.Text.RegularExpressions;

namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>What no rule and no approval lets a command do: what cannot be taken back, and what belongs to the whole computer.</summary>
internal static partial class NeverAllowed
{
    private static readonly string[] Rights = ["sudo", "su", "doas", "pkexec", "runuser", "gosu"];
    private static readonly string[] Power = ["shutdown", "reboot", "halt", "poweroff", "init", "telinit"];

    private static readonly string[] Disks =
        ["fdisk", "sfdisk", "cfdisk", "parted", "wipefs", "blkdiscard", "mkswap", "swapon", "swapoff", "mount", "umount", "losetup", "cryptsetup", "hdparm"];

    private static readonly string[] Kernel = ["insmod", "rmmod", "modprobe", "kexec", "sysctl", "iptables", "ip6tables", "nft", "ufw"];
    private static readonly string[] Trees = ["rm", "chmod", "chown", "chgrp", "shred", "srm"];

    /// <summary>Judges a program with its arguments.</summary>
    /// <returns>Why it is never run, as a sentence; null when it is not among these.</returns>
    public static string? Judge(string name, IReadOnlyList<CommandWord> arguments)
    {
        var texts = arguments.Select(argument => argument.Text ?? argument.Likely).ToList();
        return name switch
        {
            _ when Rights.Contains(name) => $"“{name}” takes the rights of another user, and Autocoder runs nothing with more rights than you gave it.",
            _ when Power.Contains(name) => $"“{name}” stops the computer.",
            _ when Disks.Contains(name) || name.StartsWith("mkfs", StringComparison.Ordinal) => $"“{name}” works on disks, not on a project.",
            _ when Kernel.Contains(name) => $"“{name}” changes the system, not a project.",
            "dd" when texts.Find(text => text?.StartsWith("of=", StringComparison.Ordinal) == true) is { } target && IsDevice(target[3..]) =>
                "It writes over a device of the computer.",
            "kill" when texts.Skip(1).Any(text => text is "1" or "-1") => "It ends every program of the user or the first one of the system.",
            "killall5" => "It ends every program of the computer.",
            "git" when texts is ["grep", ..] && texts.Contains("--no-index") =>
                "“git grep --no-index” also reads what git leaves out, which is where secrets are kept. The Grep tool leaves them out.",
            _ when Trees.Contains(name) && IsOfTree(name, texts) && arguments.Any(IsBigFolder) =>
                "It reaches over a home, a folder of the system or the whole computer.",
            _ => null,
        };
    }

    /// <summary>Whether a path is a device that holds data.</summary>
    public static bool IsDevice(string path) => Device().IsMatch(path);

    private static bool IsOfTree(string name, IEnumerable<string?> texts) =>
        name is "shred" or "srm" || texts.Any(text => text is "--recursive" || (text is ['-', not '-', ..] && text.IndexOfAny(['r', 'R']) > 0));

    private static bool IsBigFolder(CommandWord word)
    {
        var text = (word.Text ?? word.Likely ?? word.Source).TrimEnd('*').TrimEnd('/');
        return (text.Length == 0 && (word.Text ?? word.Likely ?? "").StartsWith('/'))
            || (word.IsHome && !text.Contains('/', StringComparison.Ordinal))
            || text is "$HOME" or "${HOME}" or "\"$HOME\"" or "\"${HOME}\""
            || BigFolder().IsMatch(text);
    }

    [GeneratedRegex(@"\A/(?:bin|boot|dev|etc|home(?:/[^/]+)?|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr(?:/\w+)?|var(?:/\w+)?|Users(?:/[^/]+)?|System|Library|Applications)\z", RegexOptions.CultureInvariant)]
    private static partial Regex BigFolder();

    [GeneratedRegex(@"\A/dev/(?:sd|hd|vd|xvd|nvme|mmcblk|mapper|md\d|dm-|disk|mem|kmem|port|loop|block|rdisk)", RegexOptions.CultureInvariant)]
    private static partial Regex Device();
}
