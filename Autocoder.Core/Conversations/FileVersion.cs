namespace Autocoder.Core.Conversations;

/// <summary>What a file held at a moment. The bytes are in the blob store.</summary>
/// <param name="Hash">The key of the blob: SHA-256 in lower-case hexadecimal.</param>
/// <param name="Size">In bytes.</param>
public sealed record FileVersion(string Hash, long Size);
