using Autocoder.Core.Projects;
using Autocoder.Core.Tools.Files;

namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>Where the paths of a command line lead, from every folder the line can be in by then.</summary>
internal sealed class CommandPaths(ProjectFolder folder)
{
    // Names that a pattern must not reach.
    private static readonly string[] Secrets = [".env", ".env.local", ".netrc", ".npmrc", ".pypirc", ".git-credentials", "id_rsa", "id_ed25519", "server.key", "server.pem"];

    private static readonly string[] Harmless = ["/dev/null", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/zero"];

    private readonly HashSet<string> _folders = [""];

    /// <summary>Notes that the line may be in another folder from here on. It may also have stayed where it was.</summary>
    /// <returns>False when the folder is outside of the project, for one.</returns>
    public bool Enter(CommandWord target)
    {
        var reached = Resolve(target);
        if (reached is null)
        {
            return false;
        }

        _folders.UnionWith(reached);
        return true;
    }

    /// <summary>Whether it is inside of the project from wherever the line is.</summary>
    public bool IsInside(CommandWord word) => Resolve(word) is not null;

    /// <summary>Whether it is a file of the system that holds nothing.</summary>
    public static bool IsHarmless(CommandWord word) => word.Fixed is { } text && Harmless.Contains(text);

    /// <summary>Whether a word, or a part of it, may name a file with passwords or keys.</summary>
    public bool NamesSecret(CommandWord word) =>
        (word.Text ?? word.Likely) is { } text
        && Candidates(text).Any(candidate => word.HasPattern ? MayReachSecret(candidate) : IsSecret(candidate));

    private bool IsSecret(string text)
    {
        if (SecretFile.Is(text.Replace('\\', '/')))
        {
            return true;
        }

        try
        {
            return _folders.Any(from => Combine(from, text) is { Length: > 0 } inside && SecretFile.Is(folder, inside));
        }
        catch (ProjectFileException)
        {
            // Nothing of the project is reached by this name; what is outside is asked about for that.
            return false;
        }
    }

    private static bool MayReachSecret(string pattern)
    {
        var last = pattern.Split('/')[^1];
        var isOfDots = last.StartsWith('.');
        return SecretFile.Is(pattern) || Secrets.Any(name =>
            name.StartsWith('.') == isOfDots && last.Trim('*').Length > 0 && PermissionPattern.MatchesResource(Simplify(last), name, ignoreCase: true));
    }

    // A question mark and a set of letters are taken for any letters: rather once too often than once too seldom.
    private static string Simplify(string pattern)
    {
        var open = pattern.IndexOf('[', StringComparison.Ordinal);
        return (open < 0 ? pattern : pattern[..open] + "*").Replace('?', '*');
    }

    // A file is named by a word, after the sign of an option, or after the @ by which programs take text from files.
    private static IEnumerable<string> Candidates(string text)
    {
        yield return text;
        foreach (var sign in (char[])['=', '@', ':', '<'])
        {
            if (text.IndexOf(sign, StringComparison.Ordinal) is var index and >= 0 && index < text.Length - 1)
            {
                yield return text[(index + 1)..].TrimStart('@');
            }
        }
    }

    // Null when it is outside from one of the folders, or unknown.
    private List<string>? Resolve(CommandWord word)
    {
        if (word.Text is not { } text || word.IsHome)
        {
            return null;
        }

        var reached = _folders.Select(from => Combine(from, text)).ToList();
        return reached.Contains(null) ? null : reached.OfType<string>().ToList();
    }

    private string? Combine(string from, string path)
    {
        if (path.StartsWith('/'))
        {
            if (path != folder.Root && !path.StartsWith(folder.Root + "/", StringComparison.Ordinal))
            {
                return null;
            }

            (from, path) = ("", path[folder.Root.Length..]);
        }

        var parts = new Stack<string>(from.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && !parts.TryPop(out _))
            {
                return null;
            }

            if (part is not ("." or ".."))
            {
                parts.Push(part);
            }
        }

        return string.Join('/', parts.Reverse());
    }
}
