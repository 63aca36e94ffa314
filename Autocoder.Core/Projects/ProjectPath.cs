using System.Text;
using Autocoder.Core.Files;

namespace Autocoder.Core.Projects;

/// <summary>Turns what a person or a model typed into a path relative to the project. Looks at the text only, not at the disk.</summary>
internal static class ProjectPath
{
    /// <summary>Longest path, and longest single name, in bytes: what Linux itself allows.</summary>
    private const int LongestPath = 4096, LongestName = 255;

    /// <param name="roots">The absolute paths by which the project's folder is known.</param>
    /// <returns>With <c>/</c> on every system; empty for the folder itself.</returns>
    public static string Normalize(string typed, params ReadOnlySpan<string> roots)
    {
        ArgumentNullException.ThrowIfNull(typed);
        if (typed.Contains('\0', StringComparison.Ordinal))
        {
            throw Invalid(typed, "it contains a NUL character");
        }

        if (Encoding.UTF8.GetByteCount(typed) >= LongestPath)
        {
            throw Invalid(typed, "it is too long");
        }

        var names = new List<string>();
        foreach (var name in MakeRelative(typed, roots).Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == "..")
            {
                if (names.Count == 0)
                {
                    throw Outside(typed);
                }

                names.RemoveAt(names.Count - 1);
            }
            else if (name != ".")
            {
                CheckName(typed, name);
                names.Add(name);
            }
        }

        return string.Join('/', names);
    }

    public static ProjectFileException Outside(string typed) =>
        new(ProjectFileProblem.Outside, $"\"{PathRules.Show(typed)}\" is outside the project. Only files inside the project can be used.");

    // On Linux and macOS a backslash is an ordinary character of a name.
    private static char[] Separators => OperatingSystem.IsWindows() ? ['/', '\\'] : ['/'];

    private static string MakeRelative(string typed, ReadOnlySpan<string> roots)
    {
        if (!Path.IsPathRooted(typed))
        {
            return typed;
        }

        if (!Path.IsPathFullyQualified(typed))
        {
            throw Outside(typed); // "C:x" and "\x": they depend on the current folder or drive of the process.
        }

        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(typed));
        foreach (var root in roots)
        {
            if (PathRules.IsSameOrInside(full, root))
            {
                return full[Math.Min(full.Length, root.Length)..];
            }
        }

        throw Outside(typed);
    }

    private static void CheckName(string typed, string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            throw Invalid(typed, "one of its names is too long");
        }

        // On Windows these mean a device, a hidden stream, or another file than the one they name.
        if (OperatingSystem.IsWindows() && (name.Contains(':', StringComparison.Ordinal) || name[^1] is '.' or ' ' || DeviceName.Is(name)))
        {
            throw Invalid(typed, $"\"{PathRules.Show(name)}\" is not an ordinary name on Windows");
        }
    }

    private static ProjectFileException Invalid(string typed, string why) =>
        new(ProjectFileProblem.InvalidPath, $"\"{PathRules.Show(typed)}\" cannot be used as a path: {why}.");
}
