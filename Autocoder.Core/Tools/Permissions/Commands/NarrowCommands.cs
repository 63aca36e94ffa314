using System.Text.RegularExpressions;

namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>Programs that only look when what they are told is of a narrow kind.</summary>
internal static partial class NarrowCommands
{
    private static readonly string[] FindTests =
    [
        "-name", "-iname", "-path", "-ipath", "-wholename", "-regex", "-iregex", "-type", "-size", "-mtime", "-mmin", "-atime", "-ctime", "-cmin", "-amin",
        "-perm", "-user", "-group", "-maxdepth", "-mindepth", "-newer", "-links", "-regextype", "-printf",
    ];

    private static readonly string[] FindSigns =
        ["(", ")", "!", "-not", "-a", "-and", "-o", "-or", ",", "-print", "-print0", "-ls", "-prune", "-empty", "-xdev", "-mount", "-depth", "-true", "-false", "-quit", "-readable", "-writable", "-executable"];

    /// <summary>Judges by the arguments.</summary>
    /// <param name="arguments">Null stands for a word that is known only when it runs.</param>
    /// <returns>Null when the program is none of these; else the files it reads, or what is not known to be harmless.</returns>
    public static (IReadOnlyList<int> Files, string? Unknown)? Judge(string name, IReadOnlyList<string?> arguments) => name switch
    {
        "find" => Find(arguments),
        "sed" => Sed(arguments),
        "echo" => ([], null),
        "printf" => arguments is [{ } first, ..] && first.StartsWith('-') ? ([], first) : arguments is [null, ..] ? ([], "a text known only when it runs") : ([], null),
        "date" => Date(arguments),
        "test" or "[" => arguments.FirstOrDefault(argument => argument is "-v" or "-R") is { } names ? ([], names) : ([], null),
        "command" => arguments is ["-v" or "-V", ..] ? ([], null) : null,
        "set" => arguments.All(argument => argument is not null && SetOptions().IsMatch(argument)) ? ([], null) : ([], "options"),
        _ => null,
    };

    private static (IReadOnlyList<int>, string?) Find(IReadOnlyList<string?> arguments)
    {
        var index = 0;
        while (index < arguments.Count && arguments[index] is "-L" or "-P" or "-H")
        {
            index++;
        }

        var files = new List<int>();
        while (index < arguments.Count && (arguments[index] is not { } argument || (argument.Length > 0 && argument[0] is not ('-' or '(' or '!'))))
        {
            files.Add(index++);
        }

        for (; index < arguments.Count; index++)
        {
            if (FindTests.Contains(arguments[index]))
            {
                index++;
            }
            else if (!FindSigns.Contains(arguments[index]))
            {
                return (files, arguments[index] ?? "a word known only when it runs");
            }
        }

        return (files, null);
    }

    private static (IReadOnlyList<int>, string?) Sed(IReadOnlyList<string?> arguments)
    {
        var options = new CommandOptions("nEr", "", "quiet", "silent", "regexp-extended");
        var (operands, unknown) = options.Split(arguments);
        return unknown is not null || operands.Count == 0 || arguments[operands[0]] is not { } script || !SedScript().IsMatch(script)
            ? ([], unknown ?? "a script that is not known to only print")
            : (operands.Skip(1).ToList(), null);
    }

    // Whatever sets the clock or reads a file is not among them.
    private static (IReadOnlyList<int>, string?) Date(IReadOnlyList<string?> arguments)
    {
        var (operands, unknown) = new CommandOptions("uR", "dI", "utc", "universal", "date=", "iso-8601", "iso-8601=", "rfc-3339=", "rfc-email").Split(arguments);
        return unknown is not null ? ([], unknown)
            : operands.FirstOrDefault(operand => arguments[operand] is not { } text || !text.StartsWith('+'), -1) is var other and >= 0 ? ([], arguments[other] ?? "a time")
            : ([], null);
    }

    // Lines by their numbers or a search, printed, deleted or until which to go; or a replacement that neither writes nor runs anything.
    [GeneratedRegex(
        @"\A(?:(?:(?:\d+|\$|/[^/\\\n]*/)(?:,(?:\d+|\$|\+\d+|/[^/\\\n]*/))?)?[pdq=]|s/(?:[^/\\\n]|\\[^\n])*/(?:[^/\\\n]|\\[^\n])*/[gpiI0-9]*|s\|(?:[^|\\\n]|\\[^\n])*\|(?:[^|\\\n]|\\[^\n])*\|[gpiI0-9]*|s\#(?:[^#\\\n]|\\[^\n])*\#(?:[^#\\\n]|\\[^\n])*\#[gpiI0-9]*|s,(?:[^,\\\n]|\\[^\n])*,(?:[^,\\\n]|\\[^\n])*,[gpiI0-9]*)(?:;\s*(?:(?:\d+|\$)(?:,(?:\d+|\$))?)?[pdq=])*\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex SedScript();

    [GeneratedRegex(@"\A(?:[-+][eufx]+|[-+][eux]*o|pipefail|errexit|nounset)\z", RegexOptions.CultureInvariant)]
    private static partial Regex SetOptions();
}
