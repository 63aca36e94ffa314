using System.Collections;

namespace Autocoder.Core.Processes;

/// <summary>The environment of programs that agents start: the little they need, and nothing secret of the server.</summary>
internal static class ProcessEnvironment
{
    private static readonly string[] Unix = ["PATH", "HOME", "USER", "LOGNAME", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"];

    private static readonly string[] Windows =
    [
        "PATH", "PATHEXT", "COMSPEC", "SystemRoot", "SystemDrive", "USERPROFILE", "USERNAME", "HOMEDRIVE", "HOMEPATH",
        "APPDATA", "LOCALAPPDATA", "ProgramData", "ProgramFiles", "TEMP", "TMP",
    ];

    private static readonly string[] SecretWords = ["KEY", "TOKEN", "SECRET", "PASS", "PWD", "CREDENTIAL", "AUTH", "CERT", "PRIVATE"];

    /// <summary>Builds it.</summary>
    /// <param name="more">Names to hand on besides.</param>
    public static Dictionary<string, string> Create(IEnumerable<string> more)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LANG"] = Environment.GetEnvironmentVariable("LANG") is { Length: > 0 } language ? language : "C.UTF-8",
            ["TERM"] = "dumb",
        };
        foreach (var name in (OperatingSystem.IsWindows() ? Windows : Unix).Concat(more.Where(name => !SmellsOfSecret(name))))
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        // Whose this server itself is, if another one's agent started it: then what it starts is that agent's, too.
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string name, Value: string value } && name.StartsWith(OwnerMark.Prefix, StringComparison.Ordinal))
            {
                environment[name] = value;
            }
        }

        return environment;
    }

    /// <summary>Whether a variable of this name may hold something that must not be handed on.</summary>
    public static bool SmellsOfSecret(string name) =>
        SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
