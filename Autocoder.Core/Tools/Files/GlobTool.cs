using System.Globalization;
using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools.Files;

/// <summary>Finds files of the project by their paths.</summary>
public sealed class GlobTool(TimeProvider time) : Tool(
    "Glob",
    "Finds files of the project by a pattern and lists their paths, one a line, in ordinal order. * is anything within a name, ** "
    + "any folders, {a,b} either; a pattern without a slash, *.cs, is compared with names at any depth. At most 500 paths come.",
    new ToolSchema()
        .Text("pattern", "For example src/**/*.{ts,tsx}.", 500, minLength: 1)
        .Text("path", "The folder to look in, relative to the project; the whole project when absent.", 4096, required: false),
    ToolEffect.ReadOnly)
{
    private const int MaxPaths = 500;
    private const int MaxPathLength = 1000;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    private protected override string TitleOf(ToolArguments arguments) =>
        arguments.Text("path") is { Length: > 0 } path
            ? $"Find files {arguments.Text("pattern")} in {path}"
            : $"Find files {arguments.Text("pattern")}";

    private protected override IReadOnlyList<ToolResource> TouchedBy(ToolArguments arguments, ProjectFolder folder) =>
        [ResourceOf(arguments.Text("path"), folder)];

    private protected override Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        if (!GlobPattern.TryCreate(arguments.Text("pattern"), out var pattern, out var problem))
        {
            return Task.FromResult(ToolResult.Failure(problem));
        }

        var under = context.Folder.Relative(arguments.Text("path"));
        var prefix = under.Length == 0 ? 0 : under.Length + 1;
        var startedAt = time.GetTimestamp();
        var found = new StringBuilder();
        var count = 0;
        string? notice = null;
        foreach (var file in context.Folder.EnumerateFiles(under))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(startedAt) > Budget)
            {
                notice = $"[Stopped after {Budget.Seconds} seconds. Look in a folder, with path.]";
            }
            else if (file.Path.Length <= prefix || !pattern.Matches(file.Path[prefix..]))
            {
                continue;
            }
            else if (count == MaxPaths || found.Length > PageBytes / 2)
            {
                notice = string.Create(CultureInfo.InvariantCulture, $"[The first {count}; there are more. Use a narrower pattern, or a folder.]");
            }
            else
            {
                found.Append(ToolText.Line(file.Path, MaxPathLength)).Append('\n');
                count++;
            }

            if (notice is not null)
            {
                break;
            }
        }

        return Task.FromResult(new ToolResult((count == 0 ? "No file matches.\n" : found.ToString()) + notice));
    }
}
