using System.Globalization;
using System.Text;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Attachments;

/// <summary>Decides from its bytes, and never from what it is called, whether a file may be attached, and keeps it.</summary>
public sealed class AttachmentIntake(BlobStore blobs)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // SVG is not among them: it is a program as much as a picture, and is taken as the text that it is.
    private static readonly HashSet<string> ImageExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".apng", ".jpg", ".jpeg", ".jfif", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".ico",
    };

    /// <summary>Reads, checks and keeps one file.</summary>
    /// <param name="fileName">As the browser calls it; only for display.</param>
    /// <param name="content">Read no further than the limits go, whatever length it claims.</param>
    /// <param name="already">The attachments the prompt has so far.</param>
    /// <exception cref="IOException">The stream broke off, or the disk refuses to keep the file.</exception>
    public async Task<AttachmentResult> AcceptAsync(
        string fileName,
        Stream content,
        IReadOnlyList<Attachment> already,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(already);
        var name = AttachmentName.Clean(fileName);

        var bytes = await ReadAsync(content, cancellationToken).ConfigureAwait(false);
        var isImage = ImageHeader.LooksLikeImage(bytes.Span);
        var (mediaType, refusal) = isImage ? CheckImage(bytes.Span) : CheckText(name, bytes.Span);
        refusal ??= CheckTogether(isImage, bytes.Length, already);
        if (refusal is not null)
        {
            return AttachmentResult.Refuse($"\"{name}\" was not attached: {refusal}");
        }

        var hash = await blobs.SaveAsync(bytes, cancellationToken).ConfigureAwait(false);
        return AttachmentResult.Accept(new Attachment(name, mediaType!, bytes.Length, hash));
    }

    /// <summary>Finds a file that was accepted before, for a prompt that names it, and judges it again by its bytes.</summary>
    /// <param name="fileName">As the client calls it; only for display.</param>
    /// <param name="blobHash">What <see cref="Attachment.BlobHash"/> said; anything else is refused in words.</param>
    /// <param name="already">The attachments the prompt has so far.</param>
    public async Task<AttachmentResult> FindAsync(
        string fileName, string blobHash, IReadOnlyList<Attachment> already, CancellationToken cancellationToken)
    {
        try
        {
            var content = blobs.OpenRead(blobHash);
            await using (content.ConfigureAwait(false))
            {
                return await AcceptAsync(fileName, content, already, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or ArgumentException)
        {
            return AttachmentResult.Refuse($"\"{AttachmentName.Clean(fileName)}\" was not attached: no such file was uploaded. Upload it first.");
        }
    }

    /// <summary>Reads to the end, or one byte beyond the largest file that could be accepted.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        const int Most = AttachmentLimits.ImageBytes + 1;
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (length < Most)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(Most, buffer.Length * 2));
            }

            var read = await content.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return buffer.AsMemory(0, length);
    }

    private static (string? MediaType, string? Refusal) CheckImage(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > AttachmentLimits.ImageBytes)
        {
            return (null, $"an image may have at most {Megabytes(AttachmentLimits.ImageBytes)}.");
        }

        return ImageHeader.Read(bytes) switch
        {
            null => (null, "the image is damaged; its size cannot be read."),
            { Width: > AttachmentLimits.ImageSide } or { Height: > AttachmentLimits.ImageSide } => (null, string.Create(
                CultureInfo.InvariantCulture, $"an image may have at most {AttachmentLimits.ImageSide:N0} pixels a side. Make it smaller first.")),
            var header => (header.MediaType, null),
        };
    }

    private static (string? MediaType, string? Refusal) CheckText(string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            return (null, "the file is empty.");
        }

        if (ImageExtensions.Contains(Path.GetExtension(name)))
        {
            return (null, "it is called an image, but its content is not a PNG, JPEG, GIF or WebP. Save it as one of these.");
        }

        if (bytes.Length > AttachmentLimits.FileBytes)
        {
            return (null, $"a file may have at most {Megabytes(AttachmentLimits.FileBytes)}. If the project contains it, name its path instead.");
        }

        return IsText(bytes)
            ? ("text/plain", null)
            : (null, "only images (PNG, JPEG, GIF, WebP) and text files in UTF-8 can be attached.");
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0))
        {
            return false;
        }

        try
        {
            _ = StrictUtf8.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static string? CheckTogether(bool isImage, long length, IReadOnlyList<Attachment> already)
    {
        if (isImage && already.Count(attachment => attachment.IsImage) >= AttachmentLimits.Images)
        {
            return $"a prompt takes at most {AttachmentLimits.Images} images.";
        }

        if (!isImage && already.Count(attachment => !attachment.IsImage) >= AttachmentLimits.Files)
        {
            return $"a prompt takes at most {AttachmentLimits.Files} files beside images.";
        }

        return already.Sum(attachment => attachment.Length) + length > AttachmentLimits.TotalBytes
            ? $"all attachments of a prompt together may have at most {Megabytes(AttachmentLimits.TotalBytes)}."
            : null;
    }

    private static string Megabytes(int bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024 / 1024} MiB");
}
