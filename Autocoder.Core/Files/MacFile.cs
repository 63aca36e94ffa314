using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Autocoder.Core.Files;

/// <summary>Tells files from pipes and devices on macOS, which .NET does not.</summary>
[SupportedOSPlatform("macos")]
internal static class MacFile
{
    private const int NoSuchEntry = 2;
    private const int NotPermitted = 13;
    private const int NotAFolder = 20;

    /// <summary>The facts of the path itself; a link is not followed. Null when nothing is there.</summary>
    public static FileFacts? Stat(string path)
    {
        // struct stat: st_dev at 0 (4 bytes), st_mode at 4 (2), st_nlink at 6 (2); 144 bytes in all.
        var buffer = new byte[256];
        var encoded = Encoding.UTF8.GetBytes(path + '\0');
        var result = RuntimeInformation.ProcessArchitecture is Architecture.Arm64
            ? StatArm(encoded, buffer)
            : StatIntel(encoded, buffer);
        if (result != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error switch
            {
                NoSuchEntry or NotAFolder => null,
                NotPermitted => throw new UnauthorizedAccessException($"Access to {path} is denied."),
                _ => throw new IOException(Marshal.GetPInvokeErrorMessage(error), error),
            };
        }

        int mode = MemoryMarshal.Read<ushort>(buffer.AsSpan(4));
        var kind = FileFacts.KindOf(mode);
        var info = new FileInfo(path);
        return new FileFacts(
            kind,
            kind is FileKind.File ? info.Length : 0,
            info.LastWriteTimeUtc,
            MemoryMarshal.Read<ushort>(buffer.AsSpan(6)),
            (UnixFileMode)(mode & 0xFFF));
    }

    [DllImport("libc", EntryPoint = "lstat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatArm(byte[] path, byte[] buffer);

    [DllImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatIntel(byte[] path, byte[] buffer);
}
