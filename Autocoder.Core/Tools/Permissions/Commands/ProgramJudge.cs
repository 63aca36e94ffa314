using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>Judges one program with its arguments.</summary>
internal sealed class ProgramJudge(CommandPaths paths)
{
    private const string OnlyLooks = "It only looks.";
    private const string KnownLater = "a word that is known only when it runs";

    private static readonly string[] SystemFolders = ["/bin/", "/usr/bin/", "/usr/local/bin/", "/sbin/", "/usr/sbin/", "/usr/local/sbin/"];

    // They do nothing with what they are given but write it or leave it: anything may be in it.
    private static readonly string[] TakesAnything = ["echo", "true", "false", ":", "printf"];

    // What they are given can be an option that writes or runs something, and so can the name of a file.
    private static readonly string[] MindsNames = ["sort", "tree", "rg", "find", "file", "sed", "uniq", "xxd", "diff", "date"];

    // They name files without showing what is in them.
    private static readonly string[] OnlyNames = ["ls", "stat", "test", "[", "echo", "printf", "rm", "touch", "mkdir", "chmod", "chown", "find", "which", "type", "basename", "dirname", "true", "false", ":", "cd"];

    /// <summary>The name of a program as rules know it: without the folder of the system it lies in.</summary>
    public static string NameOf(string program)
    {
        var folder = Array.Find(SystemFolders, folder => program.StartsWith(folder, StringComparison.Ordinal));
        return folder is not null && program.IndexOf('/', folder.Length) < 0 ? program[folder.Length..] : program;
    }

    /// <summary>Why a file with secrets is not read.</summary>
    public static string Secret(CommandWord word) =>
        $"{word.Shown} may hold passwords or keys, and what a command shows goes to the model. Ask the person for what you need from it.";

    /// <summary>Judges a command.</summary>
    /// <param name="words">The program and its arguments; at least the program.</param>
    public (PermissionEffect Effect, string Why) Judge(IReadOnlyList<CommandWord> words)
    {
        if (words[0].Fixed is not { Length: > 0 } program)
        {
            return (PermissionEffect.Ask, $"Which program “{words[0].Source}” is shows only when it runs.");
        }

        var name = NameOf(program);
        IReadOnlyList<CommandWord> arguments = [.. words.Skip(1)];
        return NeverAllowed.Judge(name, arguments) is { } never ? (PermissionEffect.Deny, never)
            : FindSecret(name, arguments) is { } secret ? secret
            : Wrappers.Transparent(name, arguments) is { } inner ? Judge([.. arguments.Skip(inner)])
            : name == "cd" ? Enter(arguments)
            : Look(name, arguments) ?? (PermissionEffect.Ask, AskedCommands.Reason(name, string.Join(' ', words.Select(word => word.Shown))));
    }

    /// <summary>The commands that a command hands on to others to be run.</summary>
    public static IEnumerable<IEnumerable<CommandWord>> Inside(IReadOnlyList<CommandWord> words)
    {
        IReadOnlyList<CommandWord> arguments = [.. words.Skip(1)];
        return words[0].Fixed is { } program ? Wrappers.Inside(NameOf(program), arguments).Select(start => arguments.Skip(start)) : [];
    }

    private (PermissionEffect, string)? FindSecret(string name, IReadOnlyList<CommandWord> arguments)
    {
        if (OnlyNames.Contains(name))
        {
            return null;
        }

        // What is copied from a harmless file to one with secrets shows nothing.
        var read = name is "cp" or "mv" or "install" && arguments.Count > 1 ? arguments.SkipLast(1) : arguments;
        if (name is not "git" && read.FirstOrDefault(paths.NamesSecret) is { } secret)
        {
            return (PermissionEffect.Deny, Secret(secret));
        }

        return arguments.FirstOrDefault(paths.NamesSecret) is { } named
            ? (PermissionEffect.Ask, $"It names {named.Shown}, which may hold passwords or keys.")
            : null;
    }

    private (PermissionEffect, string) Enter(IReadOnlyList<CommandWord> arguments) =>
        arguments is [var target] && target.Fixed is { } path && !path.StartsWith('-') && paths.Enter(target)
            ? (PermissionEffect.Allow, "It goes to a folder of the project.")
            : (PermissionEffect.Ask, "It goes to a folder that is not in the project.");

    // Null when it is not known to look.
    private (PermissionEffect, string)? Look(string name, IReadOnlyList<CommandWord> arguments)
    {
        var texts = arguments.Select(argument => argument.Text).ToList();
        if (NarrowCommands.Judge(name, texts) is { } narrow)
        {
            return Look(name, arguments, narrow.Files, narrow.Unknown);
        }

        if (ReadOnlyCommands.Find(name) is not { } options)
        {
            return null;
        }

        var (operands, unknown) = options.Split(texts);
        return Look(name, arguments, options.ReadsFiles ? operands : [], unknown);
    }

    private (PermissionEffect, string) Look(string name, IReadOnlyList<CommandWord> arguments, IReadOnlyList<int> files, string? unknown)
    {
        if (unknown is not null)
        {
            return (PermissionEffect.Ask, $"“{name}” is not known to only look when it is given {ToolText.Line(unknown, 100)}.");
        }

        if (!TakesAnything.Contains(name))
        {
            if (arguments.Any(argument => argument.Text is null))
            {
                return (PermissionEffect.Ask, $"“{name}” is given {KnownLater}.");
            }

            if (MindsNames.Contains(name) && arguments.FirstOrDefault(argument => argument.HasPattern && argument.Text![0] is '*' or '?' or '[') is { } pattern)
            {
                return (PermissionEffect.Ask, $"The name of a file that {pattern.Shown} stands for could be taken for an option of “{name}”.");
            }
        }

        var outside = files.Select(index => arguments[index]).FirstOrDefault(file => !paths.IsInside(file) && !CommandPaths.IsHarmless(file) && file.Text != "-");
        return outside is null ? (PermissionEffect.Allow, OnlyLooks) : (PermissionEffect.Ask, $"It reads {outside.Shown}, which is not in the project.");
    }
}
