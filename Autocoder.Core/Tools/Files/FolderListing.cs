using System.Globalization;
using System.Text;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools.Files;

/// <summary>What is in one folder, for <see cref="ReadTool"/>.</summary>
internal static class FolderListing
{
    private const int MaxEntries = 500;
    private const int MaxNameLength = 300;

    public static ToolResult Of(ProjectFolder folder, string path, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var folders = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var prefix = path.Length == 0 ? 0 : path.Length + 1;
        foreach (var file in folder.EnumerateFiles(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = file.Path[prefix..];
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
            {
                files[name] = file.Length;
            }
            else
            {
                folders[name[..slash]] = folders.GetValueOrDefault(name[..slash]) + 1;
            }
        }

        var entries = folders
            .Select(entry => $"{Show(entry.Key)}/  ({ToolText.Count(entry.Value, "file")})")
            .Concat(files.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{Show(entry.Key)}  ({entry.Value:N0} bytes)")));
        var count = files.Count + folders.Count;
        var where = path.Length == 0 ? "The project folder" : $"{Show(path)}/";
        var listing = new StringBuilder(count == 0 ? $"{where} holds no files." : $"{where} holds:\n");
        listing.AppendJoin('\n', entries.Take(MaxEntries));
        if (count > MaxEntries)
        {
            listing.Append(CultureInfo.InvariantCulture, $"\n[{MaxEntries} of {count} entries. Find more with Glob.]");
        }

        return new ToolResult(listing.Append("\n[Links and what tools made or fetched are left out: .git, node_modules, bin, obj, …]").ToString());
    }

    private static string Show(string name) => ToolText.Line(name, MaxNameLength);
}
