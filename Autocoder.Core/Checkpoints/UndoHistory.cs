using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Checkpoints;

/// <summary>The changes of files a conversation has in its log, and what was taken back. A fold of the log.</summary>
internal sealed class UndoHistory
{
    private const int PageSize = 1000;

    private readonly List<(Guid RunId, FileCheckpointed Change)> _changes = [];
    private readonly Dictionary<Guid, UndoStarted> _started = [];
    private readonly Dictionary<Guid, UndoEnded> _ended = [];

    // The undo that took a call's change back; a call that is not here stands.
    private readonly Dictionary<(Guid RunId, string CallId), Guid> _undoneBy = [];

    public static async Task<UndoHistory> ReadAsync(IConversationLog log, Guid conversationId, CancellationToken cancellationToken)
    {
        var history = new UndoHistory();
        for (var after = 0L; ;)
        {
            var page = await log.ReadAsync(conversationId, after, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var envelope in page)
            {
                history.Apply(envelope);
            }

            if (page.Count < PageSize)
            {
                return history;
            }

            after = page[^1].Sequence;
        }
    }

    public void Apply(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case FileCheckpointed change when envelope.RunId is { } runId:
                _changes.Add((runId, change));
                break;
            case UndoStarted started:
                _started[started.UndoId] = started;
                break;
            case UndoEnded ended:
                _ended[ended.UndoId] = ended;
                Mark(ended);
                break;
        }
    }

    public UndoPlan PlanFor(UndoTarget target) => target.Redoes is { } undoId ? Redo(undoId) : Undo(target);

    /// <summary>Whether a content of a file was written by a tool of this conversation.</summary>
    public bool IsByTool(string path, FileVersion? version) => _changes.Any(made => made.Change.Path == path && made.Change.After == version);

    private void Mark(UndoEnded ended)
    {
        foreach (var callId in ended.CallIds)
        {
            if (ended.Redoes is null)
            {
                _undoneBy[(ended.OfRunId, callId)] = ended.UndoId;
            }
            else
            {
                _undoneBy.Remove((ended.OfRunId, callId));
            }
        }
    }

    private UndoPlan Undo(UndoTarget target)
    {
        var changes = _changes
            .Where(made => made.RunId == target.RunId && (target.CallId is null || made.Change.CallId == target.CallId))
            .Select(made => made.Change)
            .ToList();
        if (changes.Count == 0)
        {
            return UndoPlan.Nothing("Nothing is kept of what these files held before, so they cannot be put back.");
        }

        bool Stands(FileCheckpointed change) => !_undoneBy.ContainsKey((target.RunId, change.CallId));
        PlannedFile[] files =
        [
            .. from change in changes
               group change by change.Path into ofFile
               where ofFile.Any(Stands)
               select new PlannedFile(
                   ofFile.Key,
                   [.. ofFile.Where(Stands).Select(change => change.After)],
                   ofFile.First().Before,
                   [.. ofFile.Where(Stands).Select(change => change.CallId).Distinct()]),
        ];
        return files.Length == 0 ? UndoPlan.Nothing("This was undone already.") : new UndoPlan(files);
    }

    private UndoPlan Redo(Guid undoId)
    {
        if (!_started.TryGetValue(undoId, out var undo) || !_ended.TryGetValue(undoId, out var ended))
        {
            return UndoPlan.Nothing("This undo is not in the conversation, or it was cut off. Undo again.");
        }

        var undone = ended.CallIds.Where(callId => _undoneBy.GetValueOrDefault((ended.OfRunId, callId)) == undoId).ToList();
        PlannedFile[] files =
        [
            .. from file in undo.Files
               where ended.Paths.Contains(file.Path, StringComparer.Ordinal)
               let calls = undone.Where(callId => _changes.Any(made =>
                   made.RunId == ended.OfRunId && made.Change.CallId == callId && made.Change.Path == file.Path)).ToList()
               where calls.Count > 0
               select new PlannedFile(file.Path, [file.To], file.From, calls),
        ];
        return files.Length == 0 ? UndoPlan.Nothing("This was redone already.") : new UndoPlan(files);
    }
}
