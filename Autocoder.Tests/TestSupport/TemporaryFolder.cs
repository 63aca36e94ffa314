namespace Autocoder.Tests.TestSupport;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("autocoder-").FullName;

    public string Path { get; }

    public string At(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    /// <summary>Creates a file and the folders above it.</summary>
    public string Write(string relative, string content = "x")
    {
        var path = At(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public string Folder(string relative) => Directory.CreateDirectory(At(relative)).FullName;

    /// <summary>Creates a symbolic link; the target need not exist.</summary>
    public string Link(string relative, string target) => File.CreateSymbolicLink(At(relative), target).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
