namespace Autocoder.Core.Files;

/// <summary>Compares paths the way the file system of this machine does.</summary>
internal static class PathRules
{
    /// <summary>Windows and macOS keep the case of a name, but do not tell two cases apart.</summary>
    public static StringComparison Comparison { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public static bool Same(string left, string right) =>
        string.Equals(Path.TrimEndingDirectorySeparator(left), Path.TrimEndingDirectorySeparator(right), Comparison);

    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or lies inside it. Both are absolute and without links.</summary>
    public static bool IsSameOrInside(string path, string folder) => Same(path, folder) || IsInside(path, folder);

    /// <summary>Whether <paramref name="path"/> lies inside <paramref name="folder"/>; <c>/a-b</c> is not inside <c>/a</c>.</summary>
    public static bool IsInside(string path, string folder)
    {
        var prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return path.Length > prefix.Length && path.StartsWith(prefix, Comparison);
    }

    /// <summary>A path as it may be shown: control and direction characters made visible, the middle of a long one left out.</summary>
    public static string Show(string path)
    {
        const int Longest = 200;
        if (path.Length > Longest)
        {
            path = string.Concat(path.AsSpan(0, Longest / 2), "…", path.AsSpan(path.Length - (Longest / 2)));
        }

        return string.Concat(path.Select(character =>
            char.IsControl(character) || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.Format
                || character is '\u2028' or '\u2029'
                ? $"\\u{(int)character:x4}"
                : character.ToString()));
    }
}
