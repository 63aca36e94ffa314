using Autocoder.Core.Files;

namespace Autocoder.Core.Projects;

/// <summary>One pass over the files of a folder, depth first, in ordinal order of the whole paths.</summary>
internal sealed class ProjectFileWalk(IPathOpener opener, int maxEntries)
{
    private int _seen;

    public IEnumerable<ProjectFile> From(string under)
    {
        // The stack is reversed: what comes first in order is pushed last.
        var waiting = new Stack<ProjectFile>();
        waiting.Push(Start(under));
        while (waiting.TryPop(out var entry))
        {
            if (entry.Kind is ProjectFileKind.File)
            {
                yield return entry;
                continue;
            }

            var children = ChildrenOf(entry.Path, isStart: entry.Path == under);
            children.Sort(static (left, right) => string.CompareOrdinal(right.Order, left.Order));
            foreach (var (_, child) in children)
            {
                waiting.Push(child);
            }
        }
    }

    private ProjectFile Start(string under)
    {
        try
        {
            using var pinned = opener.Follow(under) ?? throw ProjectFileErrors.Missing(under);
            return pinned.Facts.Kind switch
            {
                FileKind.Folder => new ProjectFile(under, ProjectFileKind.Folder, 0, pinned.Facts.ModifiedAt),
                FileKind.File => new ProjectFile(under, ProjectFileKind.File, pinned.Facts.Length, pinned.Facts.ModifiedAt),
                _ => throw ProjectFileErrors.IsSpecial(under),
            };
        }
        catch (Exception exception) when (ProjectFileErrors.TryTranslate(exception, under) is { } translated)
        {
            throw translated;
        }
    }

    private List<(string Order, ProjectFile Child)> ChildrenOf(string folder, bool isStart)
    {
        var children = new List<(string, ProjectFile)>();
        try
        {
            // Below the start no link is followed, not even one that took the place of a folder a moment ago.
            using var pinned = isStart ? opener.Follow(folder) : opener.Walk(folder);
            if (pinned is not { Facts.Kind: FileKind.Folder } || _seen >= maxEntries)
            {
                return children;
            }

            foreach (var name in NamesIn(pinned.AccessPath))
            {
                if (FactsOf(Path.Combine(pinned.AccessPath, name)) is not { } facts)
                {
                    continue;
                }

                var path = folder.Length == 0 ? name : $"{folder}/{name}";
                if (facts.Kind is FileKind.File)
                {
                    children.Add((name, new ProjectFile(path, ProjectFileKind.File, facts.Length, facts.ModifiedAt)));
                }
                else if (facts.Kind is FileKind.Folder && !SkippedFolders.Contains(name))
                {
                    children.Add((name + "/", new ProjectFile(path, ProjectFileKind.Folder, 0, facts.ModifiedAt)));
                }
            }
        }
        catch (Exception exception) when (exception is ProjectFileException or IOException or UnauthorizedAccessException)
        {
            // A folder that may not be read, or went away, must not end the listing of all others.
        }

        return children;
    }

    // Sorted before the cut, so that the same files are left out each time.
    private List<string> NamesIn(string folder)
    {
        var names = Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { AttributesToSkip = 0 })
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal)
            .Take(maxEntries - _seen)
            .ToList();
        _seen += names.Count;
        return names;
    }

    private static FileFacts? FactsOf(string path)
    {
        try
        {
            return FileFacts.Of(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
