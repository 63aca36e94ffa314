using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>What Claude Code leaves of its sessions on the disk, and its removal with a deleted conversation.</summary>
/// <remarks>
/// It keeps a session as <c>projects/FOLDER/ID.jsonl</c>, and more of it in folders named by the id
/// (https://docs.claude.com/en/docs/claude-code/settings). Only what bears an id that was recorded here is touched: the folder may be
/// the person's own, with sessions of theirs.
/// </remarks>
internal sealed partial class SessionTraces(SessionIds ids, CliProgram cli, ILogger<CliSession> logger)
{
    private static readonly string[] Rooms = ["projects", "todos", "tasks", "session-env", "file-history", "debug"];

    // No link is followed: what it leads to is not of this session.
    private static readonly EnumerationOptions Plain = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>Removes the sessions of a conversation. What the disk refuses is logged and stays recorded, so that a repeat tries again.</summary>
    public async Task RemoveAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        if (await ids.FindAsync(conversationId, cancellationToken).ConfigureAwait(false) is not { } known)
        {
            return;
        }

        try
        {
            foreach (var id in known.Earlier.Append(known.Id).Where(IsId))
            {
                Remove(id);
            }

            ids.Remove(conversationId);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogLeft(exception, conversationId);
        }
    }

    private void Remove(string id)
    {
        var places = cli.ConfigDirectories.SelectMany(config => Rooms.Select(room => Path.Combine(config, room))).Where(Directory.Exists)
            .SelectMany(room => Directory.EnumerateDirectories(room, "*", Plain).Prepend(room));
        foreach (var place in places.ToList())
        {
            foreach (var file in Directory.EnumerateFiles(place, id + ".*", Plain).Where(file => Path.GetFileNameWithoutExtension(file) == id).ToList())
            {
                File.Delete(file);
            }

            if (Directory.EnumerateDirectories(place, id, Plain).FirstOrDefault() is { } folder)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    // What is read from a file is not believed: a pattern or a path here would reach what is somebody else's.
    private static bool IsId(string id) => Guid.TryParseExact(id, "D", out _);

    [LoggerMessage(LogLevel.Warning, "What Claude Code keeps of conversation {ConversationId} could not be removed.")]
    private partial void LogLeft(Exception exception, Guid conversationId);
}
