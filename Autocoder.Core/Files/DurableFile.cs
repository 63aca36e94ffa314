using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Autocoder.Core.Files;

/// <summary>Writes a file so that a crash leaves either the old content or the new one, never half of one.</summary>
internal static class DurableFile
{
    /// <summary>Writes beside the target, flushes to the disk, renames over the target, flushes the folder.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="mode">Permissions of the new file; null for what the system gives a new file.</param>
    /// <param name="beforeRename">The last look at the target; it may throw, and then nothing was changed.</param>
    /// <param name="fence">Every change of the folder passes it.</param>
    public static async Task WriteAsync(
        string folder,
        string name,
        ReadOnlyMemory<byte> content,
        UnixFileMode? mode,
        Action? beforeRename,
        WriteFence fence,
        CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.autocoder-tmp");
        try
        {
            using (var handle = fence.Pass(() => File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None)))
            {
                if (mode is { } wanted && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(handle, wanted);
                }

                await RandomAccess.WriteAsync(handle, content, 0, cancellationToken).ConfigureAwait(false);
                RandomAccess.FlushToDisk(handle);
            }

            cancellationToken.ThrowIfCancellationRequested();
            fence.Pass(() =>
            {
                beforeRename?.Invoke();
                File.Move(temporary, Path.Combine(folder, name), overwrite: true);
                return true;
            });
        }
        catch
        {
            DeleteQuietly(temporary);
            throw;
        }

        FlushFolder(folder);
    }

    /// <summary>Makes the names in a folder survive a power cut. Does nothing on Windows, where renames are kept by the file system.</summary>
    public static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            FlushUnixFolder(folder);
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What made the write fail is what the caller must hear.
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void FlushUnixFolder(string folder)
    {
        // Read-only, and closed in child processes.
        var flags = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
        var descriptor = Open(Encoding.UTF8.GetBytes(folder + '\0'), flags);
        if (descriptor < 0)
        {
            // A folder may be writable and not readable; the content of the file is safe all the same.
            return;
        }

        _ = Flush(descriptor);
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
