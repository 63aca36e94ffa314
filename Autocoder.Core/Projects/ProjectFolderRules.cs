using Autocoder.Core.Files;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Projects;

/// <summary>Decides which folders can be projects. Links are followed first, so the answer is about where a path really leads.</summary>
public sealed class ProjectFolderRules(IOptions<ProjectFolderOptions> options)
{
    private static readonly string[] KeyFolders = [".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker"];

    private readonly SystemFolders _system = new();

    // A service account may have no home at all; the data directory is out of bounds anyway.
    private readonly string _home = RealPath.Resolve(options.Value.Home is { Length: > 0 } home ? home : options.Value.DataDirectory);
    private readonly string _dataDirectory = RealPath.Resolve(options.Value.DataDirectory);

    /// <summary>The person's home folder.</summary>
    public string Home => _home;

    /// <summary>Checks a folder a person typed or picked; <c>~</c> is the home folder.</summary>
    /// <param name="others">The projects it must keep clear of.</param>
    /// <param name="mayBeMissing">Whether a folder that will be created is fine, as long as its parent exists.</param>
    public FolderCheck Check(string? typed, IEnumerable<Project> others, bool mayBeMissing)
    {
        ArgumentNullException.ThrowIfNull(others);
        if (string.IsNullOrWhiteSpace(typed))
        {
            return Refuse(FolderRefusal.Empty, "Choose a folder for the project.");
        }

        var path = ExpandHome(typed.Trim());
        var shown = PathRules.Show(path);
        if (path.Contains('\0', StringComparison.Ordinal) || path.Length > 4000)
        {
            return Refuse(FolderRefusal.InvalidPath, $"{shown} is not a valid path.");
        }

        if (!Path.IsPathFullyQualified(path))
        {
            return Refuse(
                FolderRefusal.NotAbsolute,
                $"{shown} is not a full path. Write it from the beginning, for example {Path.Combine(_home, "projects", "my-app")}.");
        }

        try
        {
            var real = RealPath.Resolve(path);
            return CheckPlace(real, others) is { } bad
                ? Refuse(bad.Refusal, Sentence(path, real, bad.Why))
                : CheckDisk(real, shown, mayBeMissing);
        }
        catch (LinkLoopException)
        {
            return Refuse(FolderRefusal.InvalidPath, $"{shown} cannot be used: its links lead in a circle.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse(FolderRefusal.NotReadable, $"{shown} cannot be read. Check that you may open it.");
        }
    }

    /// <summary>Replaces a leading <c>~</c> by the home folder.</summary>
    public string ExpandHome(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path switch
        {
            "~" => _home,
            ['~', '/' or '\\', .. var rest] when rest.Length == 0 || path[1] == '/' || OperatingSystem.IsWindows() =>
                Path.Combine(_home, rest.TrimStart('/', '\\')),
            _ => path,
        };
    }

    private (FolderRefusal Refusal, string Why)? CheckPlace(string real, IEnumerable<Project> others)
    {
        if (PathRules.Same(real, Path.GetPathRoot(real)!))
        {
            return (FolderRefusal.FilesystemRoot, "is the root of the file system, which would make the whole disk one project");
        }

        if (PathRules.IsSameOrInside(_home, real))
        {
            return (FolderRefusal.HomeFolder, PathRules.Same(_home, real)
                ? "is your home folder, with everything you have. Choose or create a folder inside it"
                : "contains your whole home folder. Choose or create a folder inside that");
        }

        if (_system.Find(real) is { } system)
        {
            return (FolderRefusal.SystemFolder, PathRules.Same(real, system)
                ? "is a system folder"
                : $"lies inside the system folder {system}");
        }

        if (KeyFolders.FirstOrDefault(name => PathRules.IsSameOrInside(real, Path.Combine(_home, name))) is { } keys)
        {
            return (FolderRefusal.KeyFolder, $"belongs to ~/{keys}, where other programs keep your keys");
        }

        if (PathRules.IsSameOrInside(real, _dataDirectory) || PathRules.IsInside(_dataDirectory, real))
        {
            return (FolderRefusal.DataDirectory, $"overlaps {_dataDirectory}, where Autocoder keeps its own data");
        }

        return others.Select(other => CheckAgainst(real, other)).FirstOrDefault(found => found is not null);
    }

    private static (FolderRefusal Refusal, string Why)? CheckAgainst(string real, Project other)
    {
        if (PathRules.Same(real, other.Folder))
        {
            return (FolderRefusal.OtherProject, $"is already the project \"{other.Name}\"");
        }

        if (PathRules.IsInside(real, other.Folder))
        {
            return (FolderRefusal.InsideProject, $"lies inside the project \"{other.Name}\" ({PathRules.Show(other.Folder)})");
        }

        return PathRules.IsInside(other.Folder, real)
            ? (FolderRefusal.AboveProject, $"contains the project \"{other.Name}\" ({PathRules.Show(other.Folder)})")
            : null;
    }

    private static FolderCheck CheckDisk(string real, string shown, bool mayBeMissing)
    {
        if (FileFacts.Of(real) is { } facts)
        {
            return
                facts.Kind is not FileKind.Folder ? Refuse(FolderRefusal.NotAFolder, $"{shown} is not a folder.") :
                !FolderAccess.CanRead(real) ? Refuse(FolderRefusal.NotReadable, $"{shown} cannot be read. Check that you may open it.") :
                !FolderAccess.CanWrite(real) ? Refuse(FolderRefusal.NotWritable, NotWritable(shown)) :
                new FolderCheck(real, Exists: true, null, null);
        }

        if (!mayBeMissing)
        {
            return Refuse(FolderRefusal.Missing, $"{shown} does not exist.");
        }

        var parent = Path.GetDirectoryName(real)!;
        if (!Directory.Exists(parent))
        {
            return Refuse(
                FolderRefusal.ParentMissing,
                $"{shown} cannot be created, because {PathRules.Show(parent)} does not exist. Create that folder first, or correct the path.");
        }

        return FolderAccess.CanWrite(parent)
            ? new FolderCheck(real, Exists: false, null, null)
            : Refuse(FolderRefusal.NotWritable, NotWritable(PathRules.Show(parent)));
    }

    private static string NotWritable(string shown) => $"{shown} cannot be written to. Check its permissions, or choose another folder.";

    private static string Sentence(string path, string real, string why) => PathRules.Same(Path.GetFullPath(path), real)
        ? $"{PathRules.Show(path)} {why}."
        : $"{PathRules.Show(path)} leads to {PathRules.Show(real)}, which {why}.";

    private static FolderCheck Refuse(FolderRefusal refusal, string message) => new(null, Exists: false, refusal, message);
}
