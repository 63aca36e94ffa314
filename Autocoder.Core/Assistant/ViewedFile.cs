using Autocoder.Core.Projects;
using Autocoder.Core.Tools.Files;

namespace Autocoder.Core.Assistant;

/// <summary>A text file of a project as a person may look at it, or the reason why not.</summary>
/// <param name="Path">Relative to the project, with <c>/</c>; as it was asked for when it is no path inside the project.</param>
/// <param name="Lines">As editors number them; empty when it is refused.</param>
/// <param name="Refusal">Why it is not shown, in a sentence for a person; null when it is.</param>
/// <param name="IsSecret">Whether it is refused because it may hold passwords or keys.</param>
public sealed record ViewedFile(string Path, IReadOnlyList<string> Lines, string? Refusal = null, bool IsSecret = false)
{
    /// <summary>Reads a file. Everything that keeps it from being shown is a refusal in words, never an exception.</summary>
    /// <param name="path">As a person, a link or a model has it.</param>
    public static async Task<ViewedFile> ReadAsync(ProjectFolder folder, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            var relative = folder.Relative(path);
            if (SecretFile.Is(folder, relative))
            {
                return new ViewedFile(relative, [], "This file may hold passwords or keys, so it is not shown here. Open it in your own editor.", IsSecret: true);
            }

            if (folder.Find(relative) is { Kind: ProjectFileKind.Folder })
            {
                return new ViewedFile(relative, [], "This is a folder, not a file.");
            }

            var text = await folder.ReadTextAsync(relative, cancellationToken).ConfigureAwait(false);
            return new ViewedFile(relative, [.. TextLines.Of(text).Select(range => text[range])]);
        }
        catch (ProjectFileException exception)
        {
            return new ViewedFile(path, [], exception.Message);
        }
    }
}
