using System.Collections.Concurrent;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Tools;

/// <summary>Which content of which file the model of a conversation knows: what it read last, or wrote itself. Safe to use from parallel calls.</summary>
public sealed class SeenFiles
{
    private readonly ConcurrentDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <summary>What the log of a conversation says, so that a restart forgets nothing.</summary>
    public static SeenFiles Of(IEnumerable<EventEnvelope> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var files = new SeenFiles();
        foreach (var envelope in log)
        {
            switch (envelope.Event)
            {
                case ToolCallEnded { Seen: { } seen }:
                    files.Add(seen);
                    break;
                case FileCheckpointed change:
                    // Should it not have been written, the file holds something else, and has to be read again.
                    files.Add(new SeenFile(change.Path, change.After.Hash));
                    break;
            }
        }

        return files;
    }

    /// <summary>The model knows this content of the file from now on.</summary>
    public void Add(SeenFile seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        _hashes[seen.Path] = seen.Hash;
    }

    /// <summary>The hash of the content it knows; null when it knows none.</summary>
    public string? Find(string path) => _hashes.GetValueOrDefault(path);
}
