using System.Collections.Concurrent;

namespace Autocoder.Core.Profiles;

/// <summary>A person's own profiles, each a file. Read again whenever a file has changed; a broken one never stops anything.</summary>
/// <remarks>Safe to use from any thread.</remarks>
internal sealed class ProfileFolder(string? folder, ProfileReader reader)
{
    private const int MaxFiles = 200;
    private const long MaxBytes = 1024 * 1024;

    private readonly ConcurrentDictionary<string, (DateTime WrittenAt, long Length, ProfileFile File)> _read = new(StringComparer.Ordinal);

    /// <summary>All files, in the order of their names. The first of several with the same id counts.</summary>
    public IReadOnlyList<ProfileFile> Read()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. Paths().Select(ReadFile).Select(file => file.Profile is null || ids.Add(file.Profile.Id)
                ? file
                : file with { Profile = null, Problem = $"Another file has the id “{file.Profile.Id}” already." }),
        ];
    }

    private IEnumerable<string> Paths()
    {
        try
        {
            return folder is null
                ? []
                : Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Take(MaxFiles).ToList();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private ProfileFile ReadFile(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (_read.TryGetValue(path, out var known) && known.WrittenAt == info.LastWriteTimeUtc && known.Length == info.Length)
            {
                return known.File;
            }

            var file = info.Length > MaxBytes
                ? new ProfileFile(path, null, "The file is larger than 1 MB; a profile is a few lines.")
                : Parse(path);
            _read[path] = (info.LastWriteTimeUtc, info.Length, file);
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new ProfileFile(path, null, "The file cannot be read. Look at its permissions.");
        }
    }

    private ProfileFile Parse(string path)
    {
        try
        {
            return new ProfileFile(path, reader.Read(File.ReadAllBytes(path)), null);
        }
        catch (ProfileException exception)
        {
            return new ProfileFile(path, null, exception.Message);
        }
    }
}
