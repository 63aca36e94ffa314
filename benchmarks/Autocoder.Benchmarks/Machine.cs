namespace Autocoder.Benchmarks;

/// <summary>Where a benchmark ran.</summary>
internal static class Machine
{
    /// <summary>Cores, system, runtime, and how busy the machine was when it began.</summary>
    public static string Description => $"machine: {Environment.ProcessorCount} cores, {Environment.OSVersion}, .NET {Environment.Version}{Load}";

    private static string Load => File.Exists("/proc/loadavg")
        ? $", load at the start {string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(2))} (1 and 5 minutes)"
        : "";
}
