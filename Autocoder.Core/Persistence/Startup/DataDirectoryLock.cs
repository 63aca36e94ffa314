using System.Globalization;

namespace Autocoder.Core.Persistence.Startup;

/// <summary>Keeps a second process out of the data directory, for as long as it is not disposed or the process lives.</summary>
/// <remarks>The system lets go of the lock when the process ends in any way, kill -9 included, so nothing stale can remain.</remarks>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _held;
    private readonly string _processFile;

    private DataDirectoryLock(FileStream held, string processFile)
    {
        _held = held;
        _processFile = processFile;
    }

    /// <exception cref="StorageException">
    /// <c>data_directory_in_use</c>: another process has it. <c>data_directory_unusable</c>: the directory cannot be written to.
    /// </exception>
    public static DataDirectoryLock Acquire(DataDirectory directory)
    {
        // The process id is beside the lock, not in it: on Windows nobody else can read a locked file.
        var processFile = Path.Combine(directory.Root, "autocoder.pid");
        FileStream? held = null;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            held = new FileStream(Path.Combine(directory.Root, "autocoder.lock"), options);
            File.WriteAllText(processFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataDirectoryLock(held, processFile);
        }
        catch (IOException exception) when (held is null && IsHeldElsewhere(exception))
        {
            throw new StorageException(
                "data_directory_in_use",
                $"Autocoder is already running with this data directory ({Holder(processFile)}). Use that one, or stop it first. "
                + $"To run a second one, give it its own directory with --Autocoder:DataDirectory=<folder>. The directory is {directory.Root}.",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw DataDirectory.Unusable(directory.Root, exception);
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_processFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It only names the holder of the lock, and nobody reads it while there is none.
        }

        _held.Dispose();
    }

    private static bool IsHeldElsewhere(IOException exception)
    {
        const int LinuxWouldBlock = 11, MacWouldBlock = 35, SharingViolation = unchecked((int)0x80070020), LockViolation = unchecked((int)0x80070021);
        return OperatingSystem.IsWindows()
            ? exception.HResult is SharingViolation or LockViolation
            : exception.HResult == (OperatingSystem.IsMacOS() ? MacWouldBlock : LinuxWouldBlock);
    }

    private static string Holder(string processFile)
    {
        try
        {
            return int.TryParse(File.ReadAllText(processFile), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                ? string.Create(CultureInfo.InvariantCulture, $"process {process}")
                : "another process";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
