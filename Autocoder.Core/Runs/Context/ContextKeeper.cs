using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Runs.Context;

/// <summary>Keeps what the model of one run is shown well-formed and within its window. Reads of the log only what is new.</summary>
/// <param name="log">The conversation as far as it is known.</param>
/// <param name="readAfter">Reads all events after a sequence.</param>
/// <param name="record">Commits an event of the run.</param>
internal sealed class ContextKeeper(
    ContextLog log,
    Func<long, CancellationToken, Task<IReadOnlyList<EventEnvelope>>> readAfter,
    Func<ConversationEvent, CancellationToken, Task> record,
    ContextOptions options)
{
    /// <summary>The conversation as far as it is known.</summary>
    public ContextLog Log => log;

    private ContextOptions Options { get; } = options;

    /// <summary>Takes in what the log has got since.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        foreach (var envelope in await readAfter(log.Head, cancellationToken).ConfigureAwait(false))
        {
            log.Apply(envelope);
        }
    }

    /// <summary>Makes room where it is needed or wanted, and gives what the next call is shown.</summary>
    /// <returns>Null when the conversation does not fit the model, whatever is left out.</returns>
    public async Task<ContextCall?> PrepareAsync(
        string instructions, IReadOnlyList<ToolDefinition> tools, IContextSummarizer summarizer, CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var fixedTokens = TokenEstimate.Of(instructions) + TokenEstimate.Of(tools);
        if (!await new Room(this, summarizer, fixedTokens).MakeAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var tokens = ContextMeasure.Of(log, fixedTokens);
        return tokens > summarizer.ContextWindow ? null : new ContextCall(log.View, log.Position, tokens);
    }

    private async Task RecordAsync(ConversationEvent next, CancellationToken cancellationToken)
    {
        await record(next, cancellationToken).ConfigureAwait(false);
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The way to room before one call: each method at most once.</summary>
    private sealed class Room(ContextKeeper keeper, IContextSummarizer summarizer, long fixedTokens)
    {
        private ContextLog Log => keeper.Log;

        private long Tokens => ContextMeasure.Of(Log, fixedTokens);

        // An overflow shows that there is a limit, even where nobody knows it: what was too long is.
        private ContextLimits? Limits => summarizer.ContextWindow is { } window ? ContextLimits.For(window, keeper.Options)
            : Log.Run.Overflows > 0 ? ContextLimits.For(Tokens, keeper.Options)
            : null;

        /// <summary>False when a call would be in vain.</summary>
        public async Task<bool> MakeAsync(CancellationToken cancellationToken)
        {
            if (Log.Run.Overflows > 0)
            {
                return Log.Run.Overflows == 1
                    && Log.Run.MayCompact
                    && await SummariseAsync(CompactionReason.Overflow, Limits!.Tail, cancellationToken).ConfigureAwait(false) is true;
            }

            if (Log.IsRequested)
            {
                await DoAsWantedAsync(cancellationToken).ConfigureAwait(false);
            }

            if (Limits is not { } limits)
            {
                return true;
            }

            if (Log.Run.MayCompact && Tokens >= limits.MaskFrom)
            {
                await CompactorFor(limits).TryMaskAsync(cancellationToken).ConfigureAwait(false);
            }

            if (Log.Run.MayCompact && Tokens >= limits.SummariseFrom)
            {
                await SummariseAsync(CompactionReason.Automatic, limits.Tail, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }

        private async Task DoAsWantedAsync(CancellationToken cancellationToken)
        {
            if (Limits is not { } limits)
            {
                await CompactorFor(ContextLimits.For(Tokens, keeper.Options)).RefuseAsync(
                    "This engine sets no limit to the length of a conversation. Everything is still shown to it.", cancellationToken).ConfigureAwait(false);
                return;
            }

            // Who asks for room wants some even where there is plenty.
            var tail = Math.Min(limits.Tail, Tokens / 4);
            if (await SummariseAsync(CompactionReason.Person, tail, cancellationToken).ConfigureAwait(false) is null)
            {
                await CompactorFor(limits).RefuseAsync(
                    "There is too little before the latest messages to be worth a summary.", cancellationToken).ConfigureAwait(false);
            }
        }

        private Task<bool?> SummariseAsync(CompactionReason reason, long tailTokens, CancellationToken cancellationToken) =>
            CompactorFor(Limits!).SummariseAsync(reason, tailTokens, summarizer, cancellationToken);

        private Compactor CompactorFor(ContextLimits limits) => new(Log, limits, Tokens, fixedTokens, keeper.RecordAsync);
    }
}
