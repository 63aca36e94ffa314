namespace Autocoder.Core.Projects;

/// <summary>Folders that hold what tools made or fetched, not what people wrote.</summary>
internal static class SkippedFolders
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ".git", ".hg", ".svn",
        "node_modules", "bower_components", ".yarn", ".pnpm-store",
        "bin", "obj", "dist", "target", ".vs",
        ".venv", "venv", "__pycache__", ".tox", ".nox", ".mypy_cache", ".pytest_cache", ".ruff_cache",
        ".next", ".nuxt", ".svelte-kit", ".angular", ".turbo", ".parcel-cache", ".cache",
        ".gradle", ".terraform",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
