using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Conversations;

/// <summary>The one writer of the log in its process: takes what is waiting, commits it in one transaction, then lets it be seen.</summary>
/// <remarks>
/// Publishing never waits for a viewer, so nothing but the disk can slow an engine down. When a batch fails, each of its
/// requests is tried alone, so that one bad request fails only its own caller. There may be other owners of the same
/// database: what they wrote is noticed inside the transaction, before anything is decided.
/// </remarks>
internal sealed partial class ConversationCommitter(
    IConversationStore store,
    ConversationStreams streams,
    IWakeBus wakeBus,
    ConversationChanges changes,
    TimeProvider clock,
    ILogger<ConversationCommitter> logger) : BackgroundService, IConversationWriter
{
    private const int MaxWaiting = 1024;
    private const int MaxBatch = 256;

    private readonly Channel<CommitRequest> _waiting = Channel.CreateBounded<CommitRequest>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public async Task<IReadOnlyList<EventEnvelope>> AppendAsync(
        Guid conversationId, Func<ConversationState, IReadOnlyList<NewEvent>> decide, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return await EnqueueAsync(new CommitRequest(conversationId, decide), cancellationToken).ConfigureAwait(false);
    }

    public async Task AppendTextAsync(
        Guid conversationId, Guid runId, Guid itemId, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > 0 && (char.IsLowSurrogate(text[0]) || char.IsHighSurrogate(text[^1])))
        {
            throw new ArgumentException("The text begins or ends within a surrogate pair.", nameof(text));
        }

        if (text.Length > 0)
        {
            var request = new CommitRequest(conversationId, new OpenTextAddition(runId, itemId, text));
            await EnqueueAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was handed in is still committed; the loop ends when it has taken the last request.
        _waiting.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var batch = new List<CommitRequest>();
            while (batch.Count < MaxBatch && _waiting.Reader.TryRead(out var request))
            {
                batch.Add(request);
            }

            await CommitAsync(batch).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<EventEnvelope>> EnqueueAsync(CommitRequest request, CancellationToken cancellationToken)
    {
        await _waiting.Writer.WriteAsync(request, cancellationToken).ConfigureAwait(false);

        // Not cancellable from here on: the caller must learn whether its events were kept.
        return await request.Done.Task.ConfigureAwait(false);
    }

    private async Task CommitAsync(IReadOnlyList<CommitRequest> batch)
    {
        var working = new CommitBatch(streams, clock);
        try
        {
            using (await streams.HoldAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await store.CommitAsync((transaction, token) => working.RunAsync(batch, transaction, token), CancellationToken.None)
                    .ConfigureAwait(false);
                working.Publish();
            }
        }
        catch (Exception exception)
        {
            await RecoverAsync(batch, exception).ConfigureAwait(false);
            return;
        }

        working.Ring(wakeBus, changes);
        foreach (var request in batch)
        {
            request.Complete();
        }
    }

    private async Task RecoverAsync(IReadOnlyList<CommitRequest> batch, Exception exception)
    {
        if (batch is [var single])
        {
            LogCommitFailed(exception, single.ConversationId);
            single.Done.TrySetException(exception);
            return;
        }

        foreach (var request in batch)
        {
            await CommitAsync([request]).ConfigureAwait(false);
        }
    }

    [LoggerMessage(LogLevel.Error, "A change of conversation {ConversationId} could not be committed; nothing of it was kept.")]
    private partial void LogCommitFailed(Exception exception, Guid conversationId);
}
