using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Ledgers;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Web.Rendering;

/// <summary>Reads the books of a conversation, and how it was at any event. Not thread-safe; each view has its own.</summary>
public sealed class LedgerReader(IConversationLog log, Guid conversationId)
{
    private const int PageSize = 1_024;

    /// <summary>The books up to what was read last.</summary>
    public ConversationLedger Ledger { get; } = new();

    /// <summary>Reads what is new. Costs as much as there is new.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (await log.ReadAsync(conversationId, Ledger.Last, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            // Whoever asked for the same meanwhile may have applied a part of it.
            foreach (var envelope in page.SkipWhile(envelope => envelope.Sequence <= Ledger.Last))
            {
                Ledger.Apply(envelope);
            }
        }
    }

    /// <summary>The conversation and its books as they were right after an event.</summary>
    /// <param name="sequence">The event; the last one when it is beyond it.</param>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    public async Task<(Transcript Transcript, ConversationLedger Ledger)> AsOfAsync(long sequence, CancellationToken cancellationToken)
    {
        var (transcript, ledger) = (new Transcript(), new ConversationLedger());
        while (ledger.Last < sequence && await log.ReadAsync(conversationId, ledger.Last, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var envelope in page.TakeWhile(envelope => envelope.Sequence <= sequence))
            {
                transcript.Apply(envelope);
                ledger.Apply(envelope);
            }
        }

        return (transcript, ledger);
    }
}
