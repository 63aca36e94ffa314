using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools.Files;

/// <summary>Writes a whole text file of the project.</summary>
public sealed class WriteTool() : Tool(
    "Write",
    "Writes a text file of the project as a whole, and creates the folders on its way. What the file held before is replaced; "
    + "a file that is there already must have been read in this conversation. At most 1 MiB.",
    new ToolSchema()
        .Text("path", "The file, relative to the project.", 4096, minLength: 1)
        .Text("content", "All of its new content.", MaxBytes),
    ToolEffect.Idempotent)
{
    private const int MaxBytes = 1024 * 1024;
    private const int MaxPathLength = 300;

    private protected override string TitleOf(ToolArguments arguments) => $"Write {arguments.Text("path")}";

    private protected override IReadOnlyList<ToolResource> TouchedBy(ToolArguments arguments, ProjectFolder folder) =>
        [ResourceOf(arguments.Text("path"), folder)];

    private protected override async Task<string?> RefusalOfAsync(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var path = context.Folder.Relative(arguments.Text("path"));
        var before = await KeptChange.ReadAsync(context.Folder, path, cancellationToken).ConfigureAwait(false);
        return before is not null && FileText.Decode(before) == arguments.Text("content") ? null : KeptChange.FindUnread(context, path, before);
    }

    private protected override async Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var path = context.Folder.Relative(arguments.Text("path"));
        var content = arguments.Text("content");
        if (Encoding.UTF8.GetByteCount(content) > MaxBytes)
        {
            return ToolResult.Failure("The content is larger than 1 MiB. Nothing was written. Split it into several files.");
        }

        var before = await KeptChange.ReadAsync(context.Folder, path, cancellationToken).ConfigureAwait(false);
        var old = before is null ? null : FileText.Decode(before);
        if (old == content)
        {
            // Whoever says all of a file knows it.
            return new ToolResult($"{Show(path)} has this content already; nothing was changed.") { Seen = new SeenFile(path, KeptChange.HashOf(before)) };
        }

        if ((KeptChange.FindUnread(context, path, before)
            ?? await KeptChange.MakeAsync(context, path, before, content, cancellationToken).ConfigureAwait(false)) is { } refusal)
        {
            return ToolResult.Failure(refusal);
        }

        var lines = ToolText.Count(ToolText.CountLines(content), "line");
        var said = (before, old) switch
        {
            (null, _) => $"Created {Show(path)} with {lines}.",
            (_, null) => $"Replaced {Show(path)}; it has {lines} now.",
            _ => $"Replaced {Show(path)}: {lines} now, {ToolText.Count(ToolText.CountLines(old), "line")} before.",
        };
        return new ToolResult(said, ChangedFile: path);
    }

    private static string Show(string path) => ToolText.Line(path, MaxPathLength);
}
