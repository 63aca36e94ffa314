using System.Security.Cryptography;
using Autocoder.Core.Files;

namespace Autocoder.Core.Attachments;

/// <summary>Keeps bytes under the SHA-256 of their content: the same bytes are kept once, and a file never changes.</summary>
/// <param name="root">The folder of the blobs; created when first needed. Safe to use from any thread.</param>
public sealed class BlobStore(string root)
{
    private const int HashLength = 64;

    /// <summary>Keeps the bytes; when this returns they survive a power cut.</summary>
    /// <returns>The key: SHA-256 in lower-case hexadecimal.</returns>
    /// <exception cref="IOException">The disk refuses, for example because it is full; nothing was kept.</exception>
    public async Task<string> SaveAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var path = PathOf(hash);
        if (new FileInfo(path) is not { Exists: true } existing || existing.Length != content.Length)
        {
            var folder = Path.GetDirectoryName(path)!;
            CreateFolder(folder);
            UnixFileMode? mode = OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await DurableFile.WriteAsync(folder, hash, content, mode, beforeRename: null, new WriteFence(CancellationToken.None), cancellationToken).ConfigureAwait(false);
        }

        return hash;
    }

    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    /// <exception cref="ArgumentException"><paramref name="hash"/> is not a key.</exception>
    public async Task<byte[]> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(hash), cancellationToken).ConfigureAwait(false);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new FileNotFoundException($"There is no blob {hash}.", exception);
        }
    }

    /// <summary>Opens a blob to copy it elsewhere, without holding it in memory.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public Stream OpenRead(string hash)
    {
        try
        {
            return new FileStream(
                PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new FileNotFoundException($"There is no blob {hash}.", exception);
        }
    }

    // Two levels, so that no folder grows to a size that slows the file system: ab/cd/abcd….
    private string PathOf(string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);

        // Checked here, because a key comes back from the browser and becomes a path.
        if (hash.Length != HashLength || !hash.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("A blob's key is 64 lower-case hexadecimal digits.", nameof(hash));
        }

        return Path.Combine(root, hash[..2], hash[2..4], hash);
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var parent = Path.GetDirectoryName(folder)!;
            DurableFile.FlushFolder(parent);
            DurableFile.FlushFolder(Path.GetDirectoryName(parent)!);
        }
    }
}
