namespace Autocoder.Core.Files;

/// <summary>What the file system says about one path, without opening it.</summary>
/// <param name="LinkCount">How many names the file has; always 1 where the system does not say.</param>
internal readonly record struct FileFacts(
    FileKind Kind,
    long Length,
    DateTimeOffset ModifiedAt,
    long LinkCount,
    UnixFileMode Mode)
{
    /// <summary>Reads the facts of the path itself; a link is not followed. Null when nothing is there.</summary>
    /// <exception cref="IOException">The system does not let us look.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be entered.</exception>
    public static FileFacts? Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxFile.Stat(path);
        }

        return OperatingSystem.IsMacOS() ? MacFile.Stat(path) : OfManaged(path);
    }

    /// <summary>The type bits of a Unix mode.</summary>
    internal static FileKind KindOf(int mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.File,
        0x4000 => FileKind.Folder,
        0xA000 => FileKind.Link,
        _ => FileKind.Special,
    };

    private static FileFacts? OfManaged(string path)
    {
        FileSystemInfo info = new FileInfo(path);
        if ((int)info.Attributes == -1)
        {
            return null;
        }

        var attributes = info.Attributes;
        var kind =
            info.LinkTarget is not null ? FileKind.Link :
            attributes.HasFlag(FileAttributes.Directory) ? FileKind.Folder :
            attributes.HasFlag(FileAttributes.Device) ? FileKind.Special :
            FileKind.File;
        const UnixFileMode ReadOnly = UnixFileMode.UserRead;
        return new FileFacts(
            kind,
            kind is FileKind.File ? ((FileInfo)info).Length : 0,
            info.LastWriteTimeUtc,
            LinkCount: 1,
            attributes.HasFlag(FileAttributes.ReadOnly) ? ReadOnly : ReadOnly | UnixFileMode.UserWrite);
    }
}
