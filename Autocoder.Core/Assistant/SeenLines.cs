using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Assistant;

/// <summary>The lines of files that a run was shown by its own tool calls: what an answer can have rested on.</summary>
/// <remarks>
/// The log has them already, so nothing more is kept for an answer, and old conversations can be checked as well. They are
/// read from the results of <c>Read</c>, whose lines are a number, an arrow and the text: <c>"     1→using System;"</c>. What
/// the run changed itself after reading is forgotten, for then it knew better than the result says.
/// </remarks>
public sealed partial class SeenLines
{
    // As the tools cut a long line; two lines are compared as the tool would have shown them.
    private const int LongestShown = 2000;

    private readonly Dictionary<string, Dictionary<int, string>> _files = new(StringComparer.Ordinal);

    /// <summary>Gathers what a run was shown of some files.</summary>
    /// <param name="calls">The tool calls of one run, oldest first.</param>
    /// <param name="citations">Only the files these name are looked for.</param>
    /// <param name="readOutput">Reads the whole result of a call by its key; null when it is gone.</param>
    public static async Task<SeenLines> ReadAsync(
        ProjectFolder folder, IReadOnlyList<ToolCallItem> calls, IReadOnlyList<Citation> citations,
        Func<string, CancellationToken, Task<string?>> readOutput, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(citations);
        ArgumentNullException.ThrowIfNull(readOutput);
        var seen = new SeenLines();
        var cited = citations.Select(citation => PathIn(folder, citation.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var call in calls)
        {
            if (call is { Tool: "Read", Status: ToolCallStatus.Completed, Output: { } output }
                && PathOf(call.Arguments) is { } path && PathIn(folder, path) is { } relative && cited.Contains(relative))
            {
                var whole = call.OutputBlob is { } blob ? await readOutput(blob, cancellationToken).ConfigureAwait(false) : output;
                seen.Add(relative, whole ?? "");
            }
            else if (call.Effect is not ToolEffect.ReadOnly && call.StartedAt is not null)
            {
                seen.Forget(call.ChangedFile);
            }
        }

        return seen;
    }

    /// <summary>The lines as they were shown, or null when not all of them were.</summary>
    /// <param name="path">Relative to the project.</param>
    public IReadOnlyList<string>? Of(string path, int firstLine, int lastLine)
    {
        if (!_files.TryGetValue(path, out var lines) || lastLine - firstLine >= lines.Count)
        {
            return null;
        }

        var found = new List<string>();
        for (var number = firstLine; number <= lastLine; number++)
        {
            if (!lines.TryGetValue(number, out var line))
            {
                return null;
            }

            found.Add(line);
        }

        return found;
    }

    /// <summary>Whether a line of a file is what was shown, which for a long line is its beginning.</summary>
    internal static bool Same(string line, string shown) =>
        line.Length <= LongestShown ? line == shown : ToolText.Shorten(line, LongestShown) == shown;

    /// <summary>The file a call names; null when it names none.</summary>
    internal static string? PathOf(JsonElement arguments)
    {
        foreach (var name in (string[])["path", "file_path"])
        {
            if (arguments.ValueKind is JsonValueKind.Object && arguments.TryGetProperty(name, out var path) && path.ValueKind is JsonValueKind.String)
            {
                return path.GetString();
            }
        }

        return null;
    }

    private void Add(string path, string output)
    {
        if (!_files.TryGetValue(path, out var lines))
        {
            _files[path] = lines = [];
        }

        foreach (var line in output.Split('\n'))
        {
            if (ShownLine().Match(line) is { Success: true } match
                && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                lines[number] = match.Groups["text"].Value.TrimEnd('\r');
            }
        }
    }

    // A command may have changed any file; a tool that writes says which.
    private void Forget(string? changedFile)
    {
        if (changedFile is null)
        {
            _files.Clear();
        }
        else
        {
            _files.Remove(changedFile);
        }
    }

    private static string? PathIn(ProjectFolder folder, string path)
    {
        try
        {
            return folder.Relative(path);
        }
        catch (ProjectFileException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\A *(?<number>\d{1,9})→(?<text>.*)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex ShownLine();
}
