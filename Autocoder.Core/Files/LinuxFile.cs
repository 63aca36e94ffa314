using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Autocoder.Core.Files;

/// <summary>The two Linux calls .NET has no equal for: hold a path without opening what lies there, and ask what it is.</summary>
[SupportedOSPlatform("linux")]
internal static class LinuxFile
{
    private const int OpenPathOnly = 0x200000;
    private const int CloseOnExec = 0x80000;
    private const int CurrentFolder = -100;
    private const int StatNoFollow = 0x100;
    private const int StatEmptyPath = 0x1000;
    private const uint StatBasic = 0x7FF;
    private const int NoSuchEntry = 2;
    private const int NotPermitted = 13;
    private const int NotAFolder = 20;
    private const int TooManyLinks = 40;

    // The value depends on the processor.
    private static readonly int OpenNoFollow =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Ppc64le ? 0x8000 : 0x20000;

    /// <summary>Holds what lies at the path without opening it, so that a pipe or device is not touched. Null when nothing is there.</summary>
    /// <remarks>The handle keeps meaning the same file whatever is renamed or swapped afterwards.</remarks>
    public static SafeFileHandle? Hold(string path, bool followLinks)
    {
        var descriptor = Open(Encode(path), OpenPathOnly | CloseOnExec | (followLinks ? 0 : OpenNoFollow));
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        return Missing(Marshal.GetLastPInvokeError(), path);
    }

    /// <summary>The path through which a held file can be opened, listed or looked into, whatever its name is now.</summary>
    public static string AccessPath(SafeFileHandle held) => $"/proc/self/fd/{held.DangerousGetHandle()}";

    /// <summary>Where a held file lies at this moment, with all links resolved.</summary>
    public static string RealPath(SafeFileHandle held) =>
        new FileInfo(AccessPath(held)).LinkTarget ?? throw new IOException("/proc is not available.");

    public static FileFacts Stat(SafeFileHandle held)
    {
        var buffer = new byte[256];
        return StatX((int)held.DangerousGetHandle(), [0], StatEmptyPath, StatBasic, buffer) == 0
            ? Parse(buffer)
            : throw Failure(Marshal.GetLastPInvokeError(), AccessPath(held));
    }

    /// <summary>The facts of the path itself; a link is not followed.</summary>
    public static FileFacts? Stat(string path)
    {
        var buffer = new byte[256];
        if (StatX(CurrentFolder, Encode(path), StatNoFollow, StatBasic, buffer) == 0)
        {
            return Parse(buffer);
        }

        Missing(Marshal.GetLastPInvokeError(), path);
        return null;
    }

    // struct statx has the same layout on every processor, unlike struct stat.
    private static FileFacts Parse(ReadOnlySpan<byte> buffer)
    {
        int mode = MemoryMarshal.Read<ushort>(buffer[28..]);
        var seconds = MemoryMarshal.Read<long>(buffer[112..]);
        var nanoseconds = MemoryMarshal.Read<uint>(buffer[120..]);
        return new FileFacts(
            FileFacts.KindOf(mode),
            MemoryMarshal.Read<long>(buffer[40..]),
            Time(seconds, nanoseconds),
            MemoryMarshal.Read<uint>(buffer[16..]),
            (UnixFileMode)(mode & 0xFFF));
    }

    private static DateTimeOffset Time(long seconds, uint nanoseconds)
    {
        // A file system may hold any number here, and one odd file must not end a listing.
        const long FirstSecond = -62135596800, LastSecond = 253402300799;
        return DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, FirstSecond, LastSecond)).AddTicks(nanoseconds / 100);
    }

    private static SafeFileHandle? Missing(int error, string path) =>
        error is NoSuchEntry or NotAFolder ? null : throw Failure(error, path);

    private static Exception Failure(int error, string path) => error switch
    {
        NotPermitted => new UnauthorizedAccessException($"Access to {path} is denied."),
        TooManyLinks => new LinkLoopException(path),
        _ => new IOException(Marshal.GetPInvokeErrorMessage(error), error),
    };

    private static byte[] Encode(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int folder, byte[] path, int flags, uint mask, byte[] buffer);
}
