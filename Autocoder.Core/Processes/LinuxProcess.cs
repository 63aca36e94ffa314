using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Autocoder.Core.Processes;

/// <summary>A process as <c>/proc</c> shows it.</summary>
/// <param name="StartTime">In clock ticks since the system started. With the id it names one process, however often ids are used again.</param>
[SupportedOSPlatform("linux")]
internal sealed record LinuxProcess(int Id, int ParentId, int SessionId, long StartTime, char State)
{
    private const int NoSignal = 0;

    /// <summary>Whether it still does something: not a zombie, whose parent has not asked how it ended.</summary>
    public bool IsAlive => State is not ('Z' or 'X' or 'x');

    /// <summary>Everything that runs now.</summary>
    public static List<LinuxProcess> ListAll()
    {
        var all = new List<LinuxProcess>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Find(id) is { } found)
            {
                all.Add(found);
            }
        }

        return all;
    }

    /// <summary>Looks at one process; null when it is gone.</summary>
    public static LinuxProcess? Find(int id)
    {
        try
        {
            return Parse(id, File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"), Encoding.Latin1));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether its environment, as it was when its program was started, has an entry that begins so.</summary>
    public bool HasEnvironment(ReadOnlySpan<byte> start)
    {
        try
        {
            ReadOnlySpan<byte> environment = File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/environ"));
            foreach (var entry in environment.Split((byte)0))
            {
                if (environment[entry].StartsWith(start))
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone, or another person's.
            return false;
        }
    }

    /// <summary>Sends a signal, if it still is the process that was looked at.</summary>
    public bool Signal(int signal) => Find(Id) is { IsAlive: true } now && now.StartTime == StartTime && Kill(Id, signal) == NoSignal;

    private static LinuxProcess? Parse(int id, string stat)
    {
        // The name of the program, in brackets, can hold anything, brackets included.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19
            && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            && int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var session)
            && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var startTime)
                ? new LinuxProcess(id, parent, session, startTime, fields[0][0])
                : null;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int id, int signal);
}
