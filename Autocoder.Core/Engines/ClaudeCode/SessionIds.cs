using System.Text.Json;
using Autocoder.Core.Files;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>Which session of Claude Code belongs to which conversation, kept over restarts.</summary>
internal sealed class SessionIds(IOptionsMonitor<ClaudeCodeOptions> options)
{
    private string Folder => Path.Combine(options.CurrentValue.Folder, "sessions");

    /// <summary>The session of a conversation; null when it has none, or none that can be read.</summary>
    public async Task<KnownSession?> FindAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(PathOf(conversationId), cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize<KnownSession>(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps it; when this returns it survives a power cut.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public async Task SaveAsync(Guid conversationId, KnownSession session, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        await DurableFile.WriteAsync(
            Folder,
            Path.GetFileName(PathOf(conversationId)),
            JsonSerializer.SerializeToUtf8Bytes(session),
            OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite,
            beforeRename: null,
            new WriteFence(CancellationToken.None),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets the session of a conversation.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Remove(Guid conversationId)
    {
        if (Directory.Exists(Folder))
        {
            File.Delete(PathOf(conversationId));
        }
    }

    private string PathOf(Guid conversationId) => Path.Combine(Folder, $"{conversationId:N}.json");
}
