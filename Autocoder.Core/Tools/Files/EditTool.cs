using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools.Files;

/// <summary>Changes a part of a text file of the project, and leaves everything else of it as it is.</summary>
public sealed class EditTool() : Tool(
    "Edit",
    "Replaces an exact piece of a text file of the project that was read in this conversation. old_text must stand in the file exactly as given, spaces included, and once "
    + "unless replace_all is set; copy it from what Read shows, without the line numbers. Line ends and everything else stay as they are.",
    new ToolSchema()
        .Text("path", "The file, relative to the project.", 4096, minLength: 1)
        .Text("old_text", "What is to be replaced.", MaxLength, minLength: 1)
        .Text("new_text", "What stands there afterwards; empty to remove it.", MaxLength)
        .Flag("replace_all", "Replaces every place where old_text stands."),
    ToolEffect.Idempotent)
{
    private const int MaxLength = 512 * 1024;
    private const int MaxPathLength = 300;
    private const char Mark = '\uFEFF';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private protected override string TitleOf(ToolArguments arguments) => $"Edit {arguments.Text("path")}";

    private protected override IReadOnlyList<ToolResource> TouchedBy(ToolArguments arguments, ProjectFolder folder) =>
        [ResourceOf(arguments.Text("path"), folder)];

    private protected override async Task<string?> RefusalOfAsync(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken) =>
        (await PrepareAsync(arguments, context, cancellationToken).ConfigureAwait(false)).Refusal;

    private protected override async Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var path = context.Folder.Relative(arguments.Text("path"));
        var prepared = await PrepareAsync(arguments, context, cancellationToken).ConfigureAwait(false);
        if ((prepared.Refusal
            ?? await KeptChange.MakeAsync(context, path, prepared.Before, prepared.After, cancellationToken).ConfigureAwait(false)) is { } refusal)
        {
            return ToolResult.Failure(refusal);
        }

        var places = prepared.Places.Count == 1 ? $"line {prepared.Places[0]}" : $"{prepared.Places.Count} places, the first on line {prepared.Places[0]}";
        return new ToolResult($"Changed {Show(path)} at {places}.", ChangedFile: path);
    }

    private static async Task<Prepared> PrepareAsync(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var path = context.Folder.Relative(arguments.Text("path"));
        if (SecretFile.Is(context.Folder, path))
        {
            return Prepared.Refuse(SecretFile.Refusal(path));
        }

        // As bytes, so that what cannot be written back as it was is refused instead of being changed on the way.
        var bytes = await context.Folder.ReadBytesAsync(path, ProjectFolder.MaxTextBytes, cancellationToken).ConfigureAwait(false);
        if (Decode(bytes) is not { } text)
        {
            return Prepared.Refuse($"{Show(path)} is no text in UTF-8, so a part of it cannot be changed without harm to the rest. Nothing was changed.");
        }

        if (KeptChange.FindUnread(context, path, bytes) is { } unread)
        {
            return Prepared.Refuse(unread);
        }

        // The mark at the beginning of some files is kept, and is no part of what is searched.
        var mark = text.StartsWith(Mark) ? text[..1] : "";
        var edit = TextEdit.Of(text[mark.Length..], arguments.Text("old_text"), arguments.Text("new_text"), arguments.Flag("replace_all"));
        return edit.Text is null
            ? Prepared.Refuse($"{edit.Problem} Nothing was changed in {Show(path)}.")
            : new Prepared(null, bytes, mark + edit.Text, edit.Places);
    }

    private static string? Decode(byte[] bytes)
    {
        try
        {
            var text = Strict.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Show(string path) => ToolText.Line(path, MaxPathLength);

    private sealed record Prepared(string? Refusal, byte[] Before, string After, IReadOnlyList<int> Places)
    {
        public static Prepared Refuse(string reason) => new(reason, [], "", []);
    }
}
