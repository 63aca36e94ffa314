namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>Programs that run another program they are given.</summary>
internal static class Wrappers
{
    private static readonly string[] Around =
        ["env", "nohup", "setsid", "exec", "builtin", "xargs", "watch", "entr", "parallel", "stdbuf", "ionice", "chrt", "taskset", "chroot", "unshare", "flock", "strace", "ltrace", "busybox", "script"];

    private static readonly string[] Shells = ["sh", "bash", "dash", "zsh", "ksh", "ash", "fish"];

    /// <summary>Whether it reads commands.</summary>
    public static bool IsShell(string name) => Shells.Contains(name);

    /// <summary>
    /// Finds the command inside, when the program around it adds nothing to what that one does: <c>timeout 5 ls</c>.
    /// </summary>
    /// <returns>Where it begins among the arguments; null when this is no such program, or it is told something that is not known.</returns>
    public static int? Transparent(string name, IReadOnlyList<CommandWord> arguments)
    {
        var options = name switch
        {
            "timeout" => new CommandOptions("v", "ks", "preserve-status", "foreground", "verbose", "kill-after=", "signal="),
            "nice" => new CommandOptions("", "n", "adjustment="),
            "command" or "time" => new CommandOptions("p"),
            _ => null,
        };
        if (options is null)
        {
            return null;
        }

        var index = 0;
        while (index < arguments.Count && arguments[index].Fixed is ['-', _, ..] option)
        {
            var (operands, unknown) = options.Split([option, "value"]);
            if (unknown is not null)
            {
                return null;
            }

            index += operands.Count == 0 ? 2 : 1;
        }

        index += name == "timeout" ? 1 : 0;
        return index < arguments.Count ? index : null;
    }

    /// <summary>Finds commands inside of others, wherever they may begin, to see what must never be run.</summary>
    /// <returns>Where each begins among the arguments.</returns>
    public static IEnumerable<int> Inside(string name, IReadOnlyList<CommandWord> arguments)
    {
        if (name == "find")
        {
            return arguments.Index()
                .Where(argument => argument.Item.Text is "-exec" or "-execdir" or "-ok" or "-okdir" && argument.Index + 1 < arguments.Count)
                .Select(argument => argument.Index + 1);
        }

        // Past its options, and whatever value one of them may take: every word could be the one.
        return Around.Contains(name)
            ? arguments.Index().Where(argument => argument.Item.Text is { Length: > 0 } text && text[0] != '-').Select(argument => argument.Index).Take(4)
            : [];
    }

    /// <summary>Finds the texts that a program runs as commands.</summary>
    public static IEnumerable<string> Texts(string name, IReadOnlyList<CommandWord> arguments)
    {
        if (name == "eval")
        {
            return [string.Join(' ', arguments.Select(argument => argument.Text ?? argument.Likely ?? ""))];
        }

        return IsShell(name) || name is "script" or "su" or "ssh" or "watch"
            ? arguments.Index()
                .Where(argument => argument.Index > 0 && arguments[argument.Index - 1].Text is { } before && IsOfText(before))
                .Select(argument => argument.Item.Text ?? argument.Item.Likely)
                .OfType<string>()
            : [];
    }

    private static bool IsOfText(string option) => option is "--command" || (option is ['-', not '-', ..] && option.EndsWith('c'));
}
