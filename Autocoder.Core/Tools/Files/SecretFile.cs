using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools.Files;

/// <summary>Files that usually hold passwords and keys. What a tool reads may end up with a model's provider; these must not.</summary>
internal static class SecretFile
{
    private static readonly string[] Names = [".netrc", "_netrc", ".npmrc", ".pypirc", ".pgpass", ".git-credentials", ".htpasswd"];
    private static readonly string[] Folders = [".ssh", ".aws", ".gnupg", ".azure", ".kube"];
    private static readonly string[] Endings = [".pem", ".key", ".pfx", ".p12", ".keystore", ".jks", ".ppk"];
    private static readonly string[] HarmlessEnvEndings = [".example", ".sample", ".template", ".dist"];

    /// <summary>Judges a path and what it leads to: a link with a harmless name hides nothing.</summary>
    /// <exception cref="ProjectFileException">It is no path of the project.</exception>
    public static bool Is(ProjectFolder folder, string path) => Is(path) || Is(folder.Behind(path));

    /// <param name="path">Relative to the project, with <c>/</c>.</param>
    public static bool Is(string path)
    {
        var parts = path.Split('/');
        var name = parts[^1];
        return IsEnv(name)
            || Names.Contains(name, StringComparer.OrdinalIgnoreCase)
            || Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || IsPrivateKey(name)
            || parts[..^1].Any(folder => Folders.Contains(folder, StringComparer.OrdinalIgnoreCase))
            || path.EndsWith(".git/config", StringComparison.OrdinalIgnoreCase);
    }

    public static string Refusal(string path) =>
        $"{ToolText.Line(path, 300)} may hold passwords or keys, so it is not read. Ask the person if you need something from it.";

    private static bool IsEnv(string name) =>
        name.StartsWith(".env", StringComparison.OrdinalIgnoreCase)
        && (name.Length == 4 || name[4] is '.' or '-' or '_')
        && !HarmlessEnvEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsPrivateKey(string name) =>
        name.StartsWith("id_", StringComparison.OrdinalIgnoreCase)
        && name[3..] is var kind
        && (kind.Equals("rsa", StringComparison.OrdinalIgnoreCase)
            || kind.Equals("dsa", StringComparison.OrdinalIgnoreCase)
            || kind.Equals("ecdsa", StringComparison.OrdinalIgnoreCase)
            || kind.Equals("ed25519", StringComparison.OrdinalIgnoreCase));
}
