using Autocoder.Core.Files;

namespace Autocoder.Core.Projects;

/// <summary>Lists folders, so that a person can pick one for a project in the browser.</summary>
public sealed class FolderBrowser(ProjectRegistry registry, ProjectFolderRules rules)
{
    /// <summary>Most folders one listing holds.</summary>
    public const int MaxFolders = 500;

    /// <summary>Lists the folders inside a folder, in order of their names, hidden ones last.</summary>
    /// <param name="path">Absolute, or with <c>~</c>; the home folder when empty.</param>
    public async Task<FolderListing> ListAsync(string? path, CancellationToken cancellationToken)
    {
        var folder = rules.ExpandHome(string.IsNullOrWhiteSpace(path) ? "~" : path.Trim());
        if (folder.Contains('\0', StringComparison.Ordinal) || !Path.IsPathFullyQualified(folder))
        {
            return Problem(PathRules.Show(folder), null, $"{PathRules.Show(folder)} is not a full path.");
        }

        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var parent = Path.GetDirectoryName(folder);
        var projects = await registry.ListAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var names = NamesIn(folder);
            cancellationToken.ThrowIfCancellationRequested();
            var choices = names.Take(MaxFolders).Select(name => Choice(folder, name, projects)).ToList();
            return new FolderListing(folder, parent, choices, names.Count > MaxFolders, Problem: null);
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException or FileNotFoundException)
        {
            return Problem(folder, parent, $"{PathRules.Show(folder)} does not exist.");
        }
        catch (UnauthorizedAccessException)
        {
            return Problem(folder, parent, $"{PathRules.Show(folder)} cannot be read. Check that you may open it.");
        }
        catch (IOException exception)
        {
            return Problem(folder, parent, $"{PathRules.Show(folder)} cannot be listed: {PathRules.Show(exception.Message)}");
        }
    }

    // A link to a folder counts as one: the rules look at where it leads.
    private static List<string> NamesIn(string folder) =>
    [
        .. Directory.EnumerateDirectories(folder, "*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false })
            .Select(path => Path.GetFileName(path))
            .OrderBy(IsHidden)
            .ThenBy(name => name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(name => name, StringComparer.Ordinal),
    ];

    private static bool IsHidden(string name) => name.StartsWith('.');

    private static FolderListing Problem(string folder, string? parent, string message) =>
        new(folder, parent, [], IsCut: false, message);

    private FolderChoice Choice(string folder, string name, IReadOnlyList<Project> projects)
    {
        var path = Path.Combine(folder, name);
        var check = rules.Check(path, projects, mayBeMissing: false);
        return new FolderChoice(name, path, IsHidden(name), check.Refusal, check.Message);
    }
}
