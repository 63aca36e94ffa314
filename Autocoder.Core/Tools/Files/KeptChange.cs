using System.Security.Cryptography;
using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Projects;

namespace Autocoder.Core.Tools.Files;

/// <summary>A change of a file that can be taken back: what it held is kept, and in the log, before anything is written.</summary>
internal static class KeptChange
{
    /// <summary>Largest file that is changed, in bytes: so much is kept.</summary>
    public const int MaxBytes = ProjectFolder.MaxBytes;

    /// <summary>What the file holds; null when there is none.</summary>
    /// <exception cref="ProjectFileException">It cannot be read, and so not be kept either.</exception>
    public static async Task<byte[]?> ReadAsync(ProjectFolder folder, string path, CancellationToken cancellationToken) =>
        folder.Find(path) is null ? null : await folder.ReadBytesAsync(path, MaxBytes, cancellationToken).ConfigureAwait(false);

    /// <summary>Why the model may not write over a file: it would not know what it replaces. Null when it may.</summary>
    /// <param name="before">What the file holds; null when there is none.</param>
    /// <remarks>What Read never shows, binary files and passwords, cannot be read first; there the rules and the person decide.</remarks>
    public static string? FindUnread(ToolContext context, string path, byte[]? before)
    {
        if (before is null || before.Length > ProjectFolder.MaxTextBytes || FileText.Decode(before) is null || SecretFile.Is(context.Folder, path))
        {
            return null;
        }

        var shown = ToolText.Line(path, 300);
        var known = context.Run.Seen.Find(path);
        return known is null ? $"{shown} is there already, and you have not read it in this conversation. Nothing was written. Read it first."
            : known != HashOf(before) ? $"{shown} was changed since you last read it. Nothing was written. Read it again first, then decide."
            : null;
    }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Keeps both contents, records them, and writes.</summary>
    /// <param name="before">What the file holds; null when there is none.</param>
    /// <returns>Why nothing was written; null when it was.</returns>
    /// <exception cref="ProjectFileException">The file may not be written; it is as it was.</exception>
    public static async Task<string?> MakeAsync(ToolContext context, string path, byte[]? before, string content, CancellationToken cancellationToken)
    {
        FileCheckpointed checkpoint;
        try
        {
            var old = before is null ? null : await context.Run.KeepAsync(before, cancellationToken).ConfigureAwait(false);
            var next = await context.Run.KeepAsync(Encoding.UTF8.GetBytes(content), cancellationToken).ConfigureAwait(false);
            checkpoint = new FileCheckpointed(context.CallId, path, next, old);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"What {ToolText.Line(path, 300)} holds could not be kept for an undo: {ToolText.Line(exception.Message, 300)} Nothing was written.";
        }

        await context.Run.RecordAsync(checkpoint, cancellationToken).ConfigureAwait(false);

        // From here on it is finished: a stop that comes now would leave nobody knowing which content the file has.
        cancellationToken.ThrowIfCancellationRequested();
        await context.Folder.WriteTextAsync(path, content, context.Run.HardStop).ConfigureAwait(false);
        context.Run.Seen.Add(new SeenFile(path, checkpoint.After.Hash));
        return null;
    }
}
