using System.Globalization;
using System.Text.RegularExpressions;
using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools.Files;

/// <summary>Finds lines in the project's files.</summary>
public sealed class GrepTool(TimeProvider time) : Tool(
    "Grep",
    "Finds lines of the project's files by a .NET regular expression, one line at a time. Each match comes as \"path:line: text\", "
    + "lines of context as \"path-line- text\", long lines cut. Binary files, files over 2 MiB and files that may hold passwords are "
    + "skipped and counted. It looks for at most five seconds.",
    new ToolSchema()
        .Text("pattern", "The regular expression.", 1000, minLength: 1)
        .Text("path", "The file or folder to look in, relative to the project; the whole project when absent.", 4096, required: false)
        .Text("glob", "Only files that match, for example *.{ts,tsx}; a pattern with a slash starts at path.", 500, required: false)
        .Flag("ignore_case", "Whether case does not matter.")
        .Number("context", "Lines to show before and after each match.", 0, 10, required: false)
        .Number("limit", "The most matches, 100 when absent.", 1, 1000, required: false),
    ToolEffect.ReadOnly)
{
    private const int DefaultLimit = 100;

    // A pattern that cannot backtrack is slow at worst in proportion to the line; one that can may take for ever.
    private static readonly TimeSpan LinearTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BacktrackingTimeout = TimeSpan.FromMilliseconds(250);

    private protected override string TitleOf(ToolArguments arguments)
    {
        var where = arguments.Text("path") is { Length: > 0 } path ? $" in {path}" : "";
        var which = arguments.Text("glob") is { Length: > 0 } glob ? $" in files {glob}" : "";
        return $"Search for {arguments.Text("pattern")}{where}{which}";
    }

    private protected override IReadOnlyList<ToolResource> TouchedBy(ToolArguments arguments, ProjectFolder folder) =>
        [ResourceOf(arguments.Text("path"), folder)];

    private protected override async Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        GlobPattern? glob = null;
        if (arguments.OptionalText("glob") is { Length: > 0 } globText && !GlobPattern.TryCreate(globText, out glob, out var problem))
        {
            return ToolResult.Failure(problem);
        }

        Regex regex;
        try
        {
            regex = Compile(arguments.Text("pattern"), arguments.Flag("ignore_case"));
        }
        catch (ArgumentException exception)
        {
            return ToolResult.Failure($"The pattern is not a regular expression: {ToolText.Line(exception.Message, 500)}");
        }

        var search = new LineSearch(
            regex, arguments.Number("context") ?? 0, arguments.Number("limit") ?? DefaultLimit, PageBytes, time);
        var under = context.Folder.Relative(arguments.Text("path"));
        var skipped = 0;
        var prefix = under.Length == 0 ? 0 : under.Length + 1;

        // Looked at for every file, also one that is passed over: walking and reading take time too.
        foreach (var file in context.Folder.EnumerateFiles(under).TakeWhile(_ => search.IsInTime()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsMeant(file, prefix, glob))
            {
                continue;
            }

            if (await TryReadAsync(context.Folder, file, cancellationToken).ConfigureAwait(false) is { } text)
            {
                search.Search(file.Path, text, cancellationToken);
            }
            else
            {
                skipped++;
            }

            if (search.Stopped is not null)
            {
                break;
            }
        }

        return new ToolResult(search.Found + Summary(search, skipped));
    }

    private static Regex Compile(string pattern, bool ignoreCase)
    {
        var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, LinearTimeout);
        }
        catch (NotSupportedException)
        {
            // Look-arounds and back-references need backtracking.
            return new Regex(pattern, options, BacktrackingTimeout);
        }
    }

    private static bool IsMeant(ProjectFile file, int prefix, GlobPattern? glob) =>
        glob is null || glob.Matches(file.Path.Length > prefix ? file.Path[prefix..] : Path.GetFileName(file.Path));

    private static async Task<string?> TryReadAsync(ProjectFolder folder, ProjectFile file, CancellationToken cancellationToken)
    {
        if (file.Length > ProjectFolder.MaxTextBytes)
        {
            return null;
        }

        try
        {
            if (SecretFile.Is(folder, file.Path))
            {
                return null;
            }

            return await folder.ReadTextAsync(file.Path, cancellationToken).ConfigureAwait(false);
        }
        catch (ProjectFileException)
        {
            return null; // Binary, unreadable, or gone since it was listed.
        }
    }

    private static string Summary(LineSearch search, int skipped)
    {
        var found = search.Matches == 0
            ? "No line matches."
            : $"[{ToolText.Count(search.Matches, "match")} in {ToolText.Count(search.FilesWithMatches, "file")}.]";
        var left = skipped == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n[{ToolText.Count(skipped, "file")} skipped: binary, larger than 2 MiB, or maybe secret.]");
        return search.Stopped is { } stopped ? $"{found}\n{stopped}{left}" : found + left;
    }
}
