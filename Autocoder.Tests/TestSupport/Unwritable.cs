using System.Runtime.Versioning;

namespace Autocoder.Tests.TestSupport;

/// <summary>Makes a file or folder refuse writing, until disposed.</summary>
internal sealed class Unwritable : IDisposable
{
    private readonly string _path;
    private readonly UnixFileMode? _mode;

    [UnsupportedOSPlatform("windows")]
    private Unwritable(string path)
    {
        _path = path;
        if (Environment.IsPrivilegedProcess)
        {
            // Permissions do not bind root; the immutable flag does.
            Shell.Run("chattr", "+i", path);
            return;
        }

        _mode = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, _mode.Value & (UnixFileMode.UserRead | UnixFileMode.UserExecute));
    }

    [UnsupportedOSPlatform("windows")]
    public static Unwritable Make(string path) => new(path);

    public void Dispose()
    {
        if (_mode is not { } mode)
        {
            Shell.Run("chattr", "-i", _path);
        }
        else if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_path, mode);
        }
    }
}
