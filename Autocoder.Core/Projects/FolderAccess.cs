using System.Runtime.InteropServices;
using System.Text;

namespace Autocoder.Core.Projects;

/// <summary>Asks the system what this process may do in a folder, without leaving a trace there.</summary>
internal static class FolderAccess
{
    private const int Read = 4, Write = 2, Enter = 1;

    public static bool CanRead(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            return Access(Encoding.UTF8.GetBytes(folder + '\0'), Read | Enter) == 0;
        }

        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static bool CanWrite(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            return Access(Encoding.UTF8.GetBytes(folder + '\0'), Write | Enter) == 0;
        }

        try
        {
            // Windows has no cheap question for this; the file is gone when its handle closes.
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}.autocoder-tmp");
            using var handle = File.OpenHandle(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "access")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access(byte[] path, int mode);
}
