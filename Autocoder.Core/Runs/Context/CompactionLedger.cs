using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs.Context;

/// <summary>The ledger of a conversation: every compaction, what it took from the model's view, and what stands for it. Pure.</summary>
public sealed class CompactionLedger
{
    private readonly List<EventEnvelope> _events = [];
    private readonly List<CompactionRecord> _records = [];

    /// <summary>The compactions of a whole log, oldest first.</summary>
    /// <param name="log">From the first event on.</param>
    public static IReadOnlyList<CompactionRecord> Of(IEnumerable<EventEnvelope> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var ledger = new CompactionLedger();
        foreach (var envelope in log)
        {
            ledger.Apply(envelope);
        }

        return ledger._records;
    }

    private void Apply(EventEnvelope envelope)
    {
        _events.Add(envelope);
        switch (envelope.Event)
        {
            case CompactionStarted started:
                _records.Add(new CompactionRecord(
                    started.CompactionId, envelope.Sequence, envelope.At, envelope.RunId, started.Method, started.Reason, started.TokensBefore));
                break;
            case CompactionCompleted completed:
                Change(completed.CompactionId, record => Complete(record, completed));
                break;
            case CompactionFailed failed:
                Change(failed.CompactionId, record => record with
                {
                    Status = CompactionStatus.Failed,
                    Failure = failed.Reason,
                    Usage = failed.Usage ?? TokenUsage.None,
                });
                break;
            case CompactionReverted reverted:
                Change(reverted.CompactionId, record => record with { Status = CompactionStatus.Reverted });
                break;
        }
    }

    private void Change(Guid compactionId, Func<CompactionRecord, CompactionRecord> change)
    {
        var index = _records.FindIndex(record => record.CompactionId == compactionId);
        if (index >= 0)
        {
            _records[index] = change(_records[index]);
        }
    }

    private CompactionRecord Complete(CompactionRecord record, CompactionCompleted completed)
    {
        var before = _records.Where(each => each.Status is CompactionStatus.Completed).Select(each => each.ThroughSequence).DefaultIfEmpty(0).Max();
        var replaced = _events
            .Where(envelope => envelope.Sequence > before && envelope.Sequence <= completed.ThroughSequence)
            .Select(envelope => envelope.Event)
            .ToList();
        return record with
        {
            Status = CompactionStatus.Completed,
            Method = completed.Method,
            TokensAfter = completed.TokensAfter,
            FromSequence = completed.ThroughSequence == 0 ? 0 : before + 1,
            ThroughSequence = completed.ThroughSequence,
            Prompts = replaced.Count(next => next is PromptDelivered),
            Answers = replaced.Count(next => next is TextCompleted { Text.Length: > 0 }),
            ToolCalls = replaced.Count(next => next is ToolCallRequested),
            Summary = completed.Summary,
            Masked = [.. completed.Masked.Select(FindOutput).OfType<MaskedOutput>()],
            Usage = completed.Usage,
        };
    }

    private MaskedOutput? FindOutput(long sequence)
    {
        if (_events.Find(envelope => envelope.Sequence == sequence) is not { Event: ToolCallEnded ended } end)
        {
            return null;
        }

        var call = _events
            .Where(envelope => envelope.RunId == end.RunId && envelope.Sequence < sequence)
            .Select(envelope => envelope.Event)
            .OfType<ToolCallRequested>()
            .LastOrDefault(requested => requested.CallId == ended.CallId);
        return new MaskedOutput(sequence, ended.CallId, call?.Tool ?? "", call?.Title ?? "", ended.Output.Length, ended.OutputBlob);
    }
}
