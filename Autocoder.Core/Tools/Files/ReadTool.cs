using System.Globalization;
using System.Text;
using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools.Files;

/// <summary>Reads a text file of the project, shows a picture, or lists a folder.</summary>
public sealed class ReadTool() : Tool(
    "Read",
    "Reads a text file of the project. Each line comes as its number, right-aligned to six places, an arrow → and the text: "
    + "\"     1→using System;\". At most 2,000 lines or 60 KiB come at once; a last line in brackets says how to read on. "
    + "A picture (PNG, JPEG, GIF, WebP) is shown to you, if you can see pictures. The path of a folder gives a list of what is in it.",
    new ToolSchema()
        .Text("path", "The file or folder, relative to the project; \".\" for the project itself.", 4096)
        .Number("offset", "The first line to read, from 1.", 1, int.MaxValue, required: false)
        .Number("limit", "The most lines to read.", 1, MaxLines, required: false),
    ToolEffect.ReadOnly)
{
    private const int MaxLines = 2000;
    private const int MaxLineLength = 2000;

    // Only how much is read at most; whether it is a picture is decided by its bytes.
    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg", ".gif", ".webp"];

    private protected override string TitleOf(ToolArguments arguments)
    {
        var path = arguments.Text("path");
        return arguments.Number("offset") is { } offset
            ? string.Create(CultureInfo.InvariantCulture, $"Read {path} from line {offset}")
            : $"Read {(path is "" or "." ? "the project folder" : path)}";
    }

    private protected override IReadOnlyList<ToolResource> TouchedBy(ToolArguments arguments, ProjectFolder folder) =>
        [ResourceOf(arguments.Text("path"), folder)];

    private protected override async Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var path = context.Folder.Relative(arguments.Text("path"));
        if (context.Folder.Find(path) is { Kind: ProjectFileKind.Folder })
        {
            return FolderListing.Of(context.Folder, path, cancellationToken);
        }

        if (SecretFile.Is(context.Folder, path))
        {
            return ToolResult.Failure(SecretFile.Refusal(path));
        }

        var most = PictureEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? AttachmentLimits.ImageBytes : ProjectFolder.MaxTextBytes;
        var bytes = await context.Folder.ReadBytesAsync(path, most, cancellationToken).ConfigureAwait(false);
        if (ImageHeader.LooksLikeImage(bytes))
        {
            return await ShowAsync(path, bytes, context, cancellationToken).ConfigureAwait(false);
        }

        var text = FileText.Decode(bytes) ?? throw ProjectFileErrors.Binary(path);
        return Page(text, arguments.Number("offset") ?? 1, arguments.Number("limit") ?? MaxLines) with
        {
            Seen = new SeenFile(path, KeptChange.HashOf(bytes)),
        };
    }

    private static async Task<ToolResult> ShowAsync(string path, byte[] bytes, ToolContext context, CancellationToken cancellationToken)
    {
        if (ImageHeader.Read(bytes) is not { } picture)
        {
            return ToolResult.Failure("It begins like a picture, but its size cannot be found in it. It may be damaged or cut off.");
        }

        var facts = string.Create(CultureInfo.InvariantCulture, $"{picture.MediaType}, {picture.Width} × {picture.Height} pixels, {bytes.Length:N0} bytes");
        if (Math.Max(picture.Width, picture.Height) > AttachmentLimits.ImageSide)
        {
            return ToolResult.Failure($"The picture ({facts}) is too large to be shown: at most {AttachmentLimits.ImageSide} pixels on a side.");
        }

        var kept = await context.Run.KeepAsync(bytes, cancellationToken).ConfigureAwait(false);
        return new ToolResult($"[A picture: {facts}. It comes with this result, for whoever can see pictures.]")
        {
            Picture = new Attachment(AttachmentName.Clean(path.Split('/')[^1]), picture.MediaType, bytes.Length, kept.Hash),
            Seen = new SeenFile(path, kept.Hash),
        };
    }

    private static ToolResult Page(string text, int offset, int limit)
    {
        var total = ToolText.CountLines(text);
        if (total == 0)
        {
            return new ToolResult("[The file is empty.]");
        }

        if (offset > total)
        {
            return ToolResult.Failure($"The file has {ToolText.Count(total, "line")}; there is no line {offset}.");
        }

        var page = new StringBuilder();
        var bytes = 0;
        var number = 0;
        var last = offset - 1;
        foreach (var range in TextLines.Of(text))
        {
            if (++number < offset)
            {
                continue;
            }

            var line = string.Create(
                CultureInfo.InvariantCulture, $"{number,6}→{ToolText.Shorten(text[range], MaxLineLength)}\n");
            bytes += Encoding.UTF8.GetByteCount(line);
            if (number - offset >= limit || bytes > PageBytes)
            {
                break;
            }

            page.Append(line);
            last = number;
        }

        if (last < total)
        {
            page.Append(CultureInfo.InvariantCulture, $"[Lines {offset} to {last} of {total}. Read on with offset {last + 1}.]");
        }

        return new ToolResult(page.ToString().TrimEnd('\n'));
    }
}
