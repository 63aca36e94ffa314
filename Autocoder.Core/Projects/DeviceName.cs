namespace Autocoder.Core.Projects;

/// <summary>The names that mean a device on Windows, in every folder and with every extension.</summary>
internal static class DeviceName
{
    private static readonly HashSet<string> Names = new(
        [
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
            .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" }),
        ],
        StringComparer.OrdinalIgnoreCase);

    public static bool Is(string name) => Names.Contains(name.Split('.')[0].TrimEnd());
}
