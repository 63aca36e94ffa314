using System.Text;
using Autocoder.Core.Files;

namespace Autocoder.Core.Projects;

/// <summary>The one way to the files of a project: nothing outside the folder can be read or written through it.</summary>
/// <remarks>
/// Paths are relative to the project, or absolute and inside it. Every failure is a <see cref="ProjectFileException"/>
/// whose message a person or a model can read. Safe to use from any thread.
/// </remarks>
public sealed class ProjectFolder
{
    /// <summary>Largest text, read or written, in bytes.</summary>
    public const int MaxTextBytes = 2 * 1024 * 1024;

    /// <summary>Largest content that is written as bytes.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>Most files and folders one <see cref="EnumerateFiles"/> looks at.</summary>
    public const int MaxEntries = 50_000;

    private readonly IPathOpener _opener;
    private readonly string _openedAs;
    private readonly WriteFence _fence;

    private ProjectFolder(string root, string openedAs, IPathOpener opener, WriteFence fence)
    {
        _fence = fence;
        Root = root;
        _openedAs = openedAs;
        _opener = opener;
    }

    /// <summary>The absolute path of the folder, with links resolved.</summary>
    public string Root { get; }

    /// <summary>Opens an existing folder. Links in its path are resolved now, once.</summary>
    /// <exception cref="ProjectFileException">It is missing, or not a folder.</exception>
    public static ProjectFolder Open(string root) => Open(root, portable: !OperatingSystem.IsLinux());

    /// <summary>Opens with the checks of other systems, so that they can be tested on Linux too.</summary>
    internal static ProjectFolder Open(string root, bool portable)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        try
        {
            var openedAs = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
            var real = RealPath.Resolve(openedAs);
            return FileFacts.Of(real) switch
            {
                null => throw ProjectFileErrors.RootGone(root),
                { Kind: not FileKind.Folder } => throw new ProjectFileException(
                    ProjectFileProblem.WrongKind, $"\"{PathRules.Show(root)}\" is not a folder."),
                _ => new ProjectFolder(real, openedAs, OpenerFor(real, portable), new WriteFence(CancellationToken.None)),
            };
        }
        catch (Exception exception) when (ProjectFileErrors.TryTranslate(exception, root) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>The same folder, to which nothing is written any more once a token is cancelled, whoever still holds it.</summary>
    public ProjectFolder Until(CancellationToken end) => new(Root, _openedAs, _opener, new WriteFence(end));

    /// <summary>Waits for a change that is being made this moment. After its token was cancelled, none follows.</summary>
    /// <param name="patience">For how long to wait for a disk that hangs.</param>
    /// <returns>False when it is still being made.</returns>
    public bool Settle(TimeSpan patience) => _fence.Settle(patience);

    /// <summary>What a person or a model typed, as the path relative to the project; empty for its folder. Does not look at the disk.</summary>
    /// <exception cref="ProjectFileException">It is outside, or no path at all.</exception>
    public string Relative(string path) => ProjectPath.Normalize(path, Root, _openedAs);

    /// <summary>Where a path leads, every link on its way resolved: relative to the project, or the path itself when it leads outside.</summary>
    /// <exception cref="ProjectFileException">It is outside, no path at all, or its links lead in a circle.</exception>
    public string Behind(string path)
    {
        var relative = Relative(path);
        return Guarded(relative, () =>
        {
            var real = RealPath.Resolve(Path.Combine(Root, relative));
            var inside = Path.GetRelativePath(Root, real);
            return Path.IsPathRooted(inside) || inside.Split('/', '\\')[0] == ".." ? relative : inside.Replace(Path.DirectorySeparatorChar, '/');
        });
    }

    /// <summary>Looks at one file or folder, through links that stay inside. Null when nothing is there.</summary>
    /// <exception cref="ProjectFileException">It is outside, or a pipe, socket or device.</exception>
    public ProjectFile? Find(string path)
    {
        var relative = Relative(path);
        return Guarded(relative, () =>
        {
            using var pinned = _opener.Follow(relative);
            return pinned?.Facts switch
            {
                null => null,
                { Kind: FileKind.Folder } facts => new ProjectFile(relative, ProjectFileKind.Folder, 0, facts.ModifiedAt),
                { Kind: FileKind.File } facts => new ProjectFile(relative, ProjectFileKind.File, facts.Length, facts.ModifiedAt),
                _ => throw ProjectFileErrors.IsSpecial(relative),
            };
        });
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="ProjectFileException">It is missing, outside, no ordinary file, or larger than <paramref name="maxBytes"/>.</exception>
    public async Task<byte[]> ReadBytesAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        cancellationToken.ThrowIfCancellationRequested();
        var relative = Relative(path);
        try
        {
            using var pinned = _opener.Follow(relative) ?? throw MissingOrGone(relative);
            return await ProjectFileReader.ReadAsync(pinned, relative, maxBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (ProjectFileErrors.TryTranslate(exception, relative) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>Reads a text of at most <see cref="MaxTextBytes"/>: UTF-8, or UTF-16 with a byte order mark, which is left out.</summary>
    /// <exception cref="ProjectFileException">As for <see cref="ReadBytesAsync"/>, or the file is binary.</exception>
    public async Task<string> ReadTextAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytesAsync(path, MaxTextBytes, cancellationToken).ConfigureAwait(false);
        return FileText.Decode(bytes) ?? throw ProjectFileErrors.Binary(Relative(path));
    }

    /// <summary>
    /// All files under a folder in ordinal order of their paths, without links, without what tools made or fetched
    /// (<c>.git</c>, <c>node_modules</c>, <c>bin</c> …), and without folders that may not be read.
    /// Ends after <see cref="MaxEntries"/> entries. Naming a skipped folder, or a file, as <paramref name="under"/> lists it.
    /// </summary>
    /// <exception cref="ProjectFileException">While enumerating: <paramref name="under"/> is missing or outside.</exception>
    public IEnumerable<ProjectFile> EnumerateFiles(string under = "")
    {
        var relative = Relative(under);
        return Walk();

        // Each pass counts its own entries.
        IEnumerable<ProjectFile> Walk()
        {
            foreach (var file in new ProjectFileWalk(_opener, MaxEntries).From(relative))
            {
                yield return file;
            }
        }
    }

    /// <summary>
    /// Writes a text as UTF-8, all of it or nothing: a reader, or a crash, finds the old content or the new one. Missing
    /// folders are created. A replaced file keeps its permissions.
    /// </summary>
    /// <exception cref="ProjectFileException">
    /// It is outside, inside <c>.git</c>, a folder, a link or reached through one, a device, a read-only file, a file with a
    /// second name (hard link), longer than <see cref="MaxTextBytes"/>, or the disk refuses. Nothing was changed.
    /// </exception>
    public Task WriteTextAsync(string path, string content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        return WriteAsync(path, Encoding.UTF8.GetBytes(content), MaxTextBytes, cancellationToken);
    }

    /// <summary>Writes bytes of at most <see cref="MaxBytes"/> as a whole file, as <see cref="WriteTextAsync"/> does.</summary>
    /// <inheritdoc cref="WriteTextAsync" path="/exception"/>
    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(path, content, MaxBytes, cancellationToken);

    /// <summary>Removes a file; harmless when there is none. Folders stay.</summary>
    /// <exception cref="ProjectFileException">As for <see cref="WriteTextAsync"/>. Nothing was changed.</exception>
    public void Delete(string path)
    {
        var relative = Relative(path);
        Guarded(relative, () => new ProjectFileWriter(_opener, _fence).Delete(relative));
    }

    private async Task WriteAsync(string path, ReadOnlyMemory<byte> content, int maxBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var relative = Relative(path);
        try
        {
            if (content.Length > maxBytes)
            {
                throw ProjectFileErrors.TooLarge(relative, maxBytes);
            }

            await new ProjectFileWriter(_opener, _fence).WriteAsync(relative, content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (ProjectFileErrors.TryTranslate(exception, relative) is { } translated)
        {
            throw Directory.Exists(Root) ? translated : ProjectFileErrors.RootGone(Root);
        }
    }

    private static IPathOpener OpenerFor(string root, bool portable) =>
        OperatingSystem.IsLinux() && !portable ? new LinuxPathOpener(root) : new PortablePathOpener(root);

    private static T Guarded<T>(string relative, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (ProjectFileErrors.TryTranslate(exception, relative) is { } translated)
        {
            throw translated;
        }
    }

    private ProjectFileException MissingOrGone(string relative) =>
        Directory.Exists(Root) ? ProjectFileErrors.Missing(relative) : ProjectFileErrors.RootGone(Root);
}
