namespace Autocoder.Core.Conversations;

/// <summary>A file a person attached to a prompt. The bytes are in the blob store.</summary>
/// <param name="Name">A cleaned file name, for display; never a path.</param>
/// <param name="MediaType">Decided from the content, never taken from the browser.</param>
/// <param name="Length">Decoded size in bytes.</param>
/// <param name="BlobHash">SHA-256 of the bytes, lower-case hexadecimal: the key in the blob store.</param>
public sealed record Attachment(string Name, string MediaType, long Length, string BlobHash)
{
    /// <summary>Whether a model is shown this as a picture rather than as a file.</summary>
    public bool IsImage => MediaType.StartsWith("image/", StringComparison.Ordinal);
}
