namespace Autocoder.Core.Attachments;

/// <summary>What may be attached to one prompt. Sizes are those of the decoded files, in bytes.</summary>
public static class AttachmentLimits
{
    public const int Images = 10;
    public const int ImageBytes = 5 * MiB;

    /// <summary>Longest side of an image, in pixels: more is refused by the models.</summary>
    public const int ImageSide = 8_000;

    public const int Files = 10;
    public const int FileBytes = MiB;
    public const int TotalBytes = 20 * MiB;
    public const int NameLength = 100;

    private const int MiB = 1024 * 1024;
}
