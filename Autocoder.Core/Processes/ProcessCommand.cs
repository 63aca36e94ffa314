using System.ComponentModel;
using System.Diagnostics;

namespace Autocoder.Core.Processes;

/// <summary>How a program is started: in a session of its own where the system can do that, with just the environment it is given.</summary>
internal static class ProcessCommand
{
    private const int NoSuchFile = 2;
    private const int NotPermitted = 13;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly string? SessionStarter = OperatingSystem.IsLinux()
        ? Array.Find(["/usr/bin/setsid", "/bin/setsid"], File.Exists)
        : null;

    /// <summary>Starts a program with the mark of its owner, by which everything that comes of it is found again.</summary>
    /// <returns>The program, and on Linux its tree.</returns>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static (Process Process, ProcessTree? Tree) Start(
        ProcessRequest request, IReadOnlyDictionary<string, string> environment, ProcessLedger ledger)
    {
        var call = Guid.NewGuid();
        var info = InfoOf(request, environment);
        info.Environment[ledger.Mark.Name] = OwnerMark.ValueOf(request.Owner, call);
        var process = new Process { StartInfo = info };
        try
        {
            process.Start();
        }
        catch
        {
            process.Dispose();
            throw;
        }

        return (process, OperatingSystem.IsLinux() ? new ProcessTree(ledger.Mark.Of(request.Owner, call), LinuxProcess.Find(process.Id)) : null);
    }

    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static ProcessStartInfo InfoOf(ProcessRequest request, IReadOnlyDictionary<string, string> environment)
    {
        ThrowUnlessExecutable(request.Program);
        var command = CommandOf(request);
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = request.Folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in environment.Concat(request.Environment))
        {
            info.Environment[name] = value;
        }

        return info;
    }

    // Each word of it replaces itself by the next, so that it stays one process.
    private static string[] CommandOf(ProcessRequest request)
    {
        string[] command = [request.Program, .. request.Arguments];
        if (request.MergeErrors && !OperatingSystem.IsWindows())
        {
            command = ["/bin/sh", "-c", "exec \"$@\" 2>&1", "sh", .. command];
        }

        return SessionStarter is null ? command : [SessionStarter, .. command];
    }

    // Asked here, because the words before it would fail in a way nobody can tell from a failure of the program itself.
    private static void ThrowUnlessExecutable(string program)
    {
        if (!File.Exists(program))
        {
            throw new Win32Exception(NoSuchFile);
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(program) & Executable) == 0)
        {
            throw new Win32Exception(NotPermitted);
        }
    }
}
