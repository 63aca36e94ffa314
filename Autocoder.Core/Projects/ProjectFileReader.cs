using Autocoder.Core.Files;

namespace Autocoder.Core.Projects;

/// <summary>Reads what was pinned, and nothing else.</summary>
internal static class ProjectFileReader
{
    private const int FirstBuffer = 64 * 1024;

    public static async Task<byte[]> ReadAsync(
        PinnedPath pinned,
        string relative,
        long maxBytes,
        CancellationToken cancellationToken)
    {
        ThrowUnlessFile(pinned.Facts, relative);
        if (pinned.Facts.Length > maxBytes)
        {
            throw ProjectFileErrors.TooLarge(relative, maxBytes);
        }

        using var handle = File.OpenHandle(
            pinned.AccessPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);

        // The length is only a hint: the file may grow while it is read.
        var buffer = new byte[Math.Min(maxBytes + 1, Math.Max(pinned.Facts.Length + 1, FirstBuffer))];
        var length = 0;
        while (true)
        {
            var read = await RandomAccess.ReadAsync(handle, buffer.AsMemory(length), length, cancellationToken).ConfigureAwait(false);
            length += read;
            if (length > maxBytes)
            {
                throw ProjectFileErrors.TooLarge(relative, maxBytes);
            }

            if (read == 0)
            {
                return length == buffer.Length ? buffer : buffer[..length];
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(maxBytes + 1, buffer.Length * 2L));
            }
        }
    }

    public static void ThrowUnlessFile(FileFacts facts, string relative)
    {
        switch (facts.Kind)
        {
            case FileKind.File:
                return;
            case FileKind.Folder:
                throw ProjectFileErrors.IsFolder(relative);
            default:
                throw ProjectFileErrors.IsSpecial(relative);
        }
    }
}
