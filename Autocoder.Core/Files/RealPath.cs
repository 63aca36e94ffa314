namespace Autocoder.Core.Files;

/// <summary>Finds where a path really leads.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>Resolves every link of an absolute path, at any depth. The end of the path need not exist.</summary>
    /// <exception cref="LinkLoopException">The links lead in a circle.</exception>
    /// <exception cref="IOException">The system does not let us look.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be entered.</exception>
    public static string Resolve(string path)
    {
        path = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(path)!;
        var rest = new Stack<string>();
        Push(rest, path[resolved.Length..]);
        var links = 0;

        while (rest.TryPop(out var name))
        {
            if (name == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            var next = Path.Combine(resolved, name);
            if (FileFacts.Of(next) is not { Kind: FileKind.Link } || new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new LinkLoopException(path);
            }

            // What the link says replaces its name; ".." in it counts from the real folder the link lies in.
            if (Path.IsPathRooted(target))
            {
                resolved = Path.GetPathRoot(Path.GetFullPath(target))!;
                target = OperatingSystem.IsWindows() ? Path.GetFullPath(target)[resolved.Length..] : target;
            }

            Push(rest, target);
        }

        return Path.TrimEndingDirectorySeparator(resolved);
    }

    private static void Push(Stack<string> rest, string path)
    {
        char[] separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
        foreach (var name in path.Split(separators, StringSplitOptions.RemoveEmptyEntries).Reverse().Where(name => name != "."))
        {
            rest.Push(name);
        }
    }
}
