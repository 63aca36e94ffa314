using Autocoder.Core.Files;

namespace Autocoder.Core.Projects;

/// <summary>Writes one file of a project: all of it, or nothing.</summary>
/// <param name="fence">Every change of the project passes it.</param>
internal sealed class ProjectFileWriter(IPathOpener opener, WriteFence fence)
{
    public async Task WriteAsync(string relative, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (relative.Length == 0)
        {
            throw ProjectFileErrors.IsFolder(relative);
        }

        ThrowIfGit(relative);
        var (folderPath, name) = Split(relative);

        // Before any folder is made for it: a refused file leaves nothing behind.
        ModeOfReplaced(relative);
        using var folder = FolderFor(folderPath);
        await DurableFile.WriteAsync(
            folder.AccessPath,
            name,
            content,
            ModeOfReplaced(relative),
            () =>
            {
                opener.Recheck(folder, relative);
                ModeOfReplaced(relative);
            },
            fence,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a file.</summary>
    /// <returns>False when there was none.</returns>
    public bool Delete(string relative)
    {
        ThrowIfGit(relative);
        var (folderPath, name) = Split(relative);
        using var folder = opener.Walk(folderPath);
        if (folder is null || ModeOfReplaced(relative) is null)
        {
            return false;
        }

        fence.Pass(() =>
        {
            opener.Recheck(folder, relative);
            ModeOfReplaced(relative);
            File.Delete(Path.Combine(folder.AccessPath, name));
            return true;
        });
        DurableFile.FlushFolder(folder.AccessPath);
        return true;
    }

    private static (string Folder, string Name) Split(string relative)
    {
        var slash = relative.LastIndexOf('/');
        return (slash < 0 ? "" : relative[..slash], relative[(slash + 1)..]);
    }

    private static void ThrowIfGit(string relative)
    {
        // "git~1" is the short name of .git on Windows file systems.
        var isGit = relative.Split('/').Any(name =>
            name.Equals(".git", StringComparison.OrdinalIgnoreCase) || name.Equals("git~1", StringComparison.OrdinalIgnoreCase));
        if (isGit)
        {
            throw ProjectFileErrors.Unwritable(relative, "Autocoder leaves everything inside .git to git");
        }
    }

    /// <summary>The permissions of the file that will be replaced, null when it is a new one. Throws when it may not be replaced.</summary>
    private UnixFileMode? ModeOfReplaced(string relative)
    {
        using var existing = opener.Walk(relative);
        if (existing is null)
        {
            return null;
        }

        var facts = existing.Facts;
        ProjectFileReader.ThrowUnlessFile(facts, relative);
        if (facts.LinkCount > 1)
        {
            throw ProjectFileErrors.Unwritable(relative, "the same file has a second name elsewhere (a hard link)");
        }

        if (!facts.Mode.HasFlag(UnixFileMode.UserWrite))
        {
            throw ProjectFileErrors.Unwritable(relative, "it is read-only");
        }

        return facts.Mode;
    }

    private PinnedPath FolderFor(string relative)
    {
        if (opener.Walk(relative) is { } existing)
        {
            return MustBeFolder(existing, relative);
        }

        // One folder after the other, each looked at as it is, so that none is made behind a link.
        var folder = opener.Walk("") ?? throw ProjectFileErrors.Missing("");
        var path = "";
        foreach (var name in relative.Split('/'))
        {
            path = path.Length == 0 ? name : $"{path}/{name}";
            using (var parent = folder)
            {
                fence.Pass(() => Directory.CreateDirectory(Path.Combine(parent.AccessPath, name)));
                DurableFile.FlushFolder(parent.AccessPath);
            }

            folder = MustBeFolder(opener.Walk(path) ?? throw ProjectFileErrors.Missing(path), path);
        }

        return folder;
    }

    private static PinnedPath MustBeFolder(PinnedPath pinned, string relative)
    {
        if (pinned.Facts.Kind is FileKind.Folder)
        {
            return pinned;
        }

        pinned.Dispose();
        throw ProjectFileErrors.IsNoFolder(relative);
    }
}
