using System.Collections.Concurrent;

namespace Autocoder.Core.Conversations;

/// <summary>The conversations that are in memory. Loading one and publishing a commit exclude each other.</summary>
internal sealed class ConversationStreams(IConversationStore store, IWakeBus wakeBus, RingLimits limits) : IDisposable
{
    /// <summary>How many conversations stay in memory although nobody looks and nothing runs.</summary>
    public const int MaxIdle = 64;

    private readonly ConcurrentDictionary<Guid, ConversationStream> _streams = new();
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Gets a conversation for a viewer.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation.</exception>
    public async ValueTask<ConversationStream> GetAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        if (_streams.TryGetValue(conversationId, out var stream))
        {
            return stream;
        }

        using var held = await HoldAsync(cancellationToken).ConfigureAwait(false);
        stream = await FindAsync(conversationId, cancellationToken).ConfigureAwait(false);
        return stream.State.Created is null ? throw new ConversationNotFoundException(conversationId) : stream;
    }

    /// <summary>Keeps loads out while a batch is committed and published.</summary>
    public async ValueTask<Held> HoldAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Held(_gate);
    }

    /// <summary>Gets a conversation, one that does not exist yet included. Only while held.</summary>
    public async ValueTask<ConversationStream> FindAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        if (_streams.TryGetValue(conversationId, out var stream))
        {
            return stream;
        }

        var stored = await store.LoadAsync(conversationId, cancellationToken).ConfigureAwait(false);
        stream = new ConversationStream(conversationId, stored, limits);
        if (stored is not null)
        {
            Keep(stream);
        }

        return stream;
    }

    /// <summary>Keeps a conversation in memory. Only while held.</summary>
    public void Keep(ConversationStream stream)
    {
        _streams[stream.ConversationId] = stream;
        if (_streams.Count <= MaxIdle)
        {
            return;
        }

        foreach (var (id, idle) in _streams)
        {
            if (id != stream.ConversationId && idle.State.Run is null && !wakeBus.HasSubscribers(id))
            {
                _streams.TryRemove(id, out _);
            }
        }
    }

    /// <summary>Forgets a conversation that is not as memory has it. Only while held.</summary>
    public void Drop(Guid conversationId) => _streams.TryRemove(conversationId, out _);

    /// <summary>Looks whether the store has another state than memory, and forgets the conversation if so: the next one loads it.</summary>
    public async Task RefreshAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        if (!await IsStaleAsync(conversationId, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        // A commit of this process may have been between the store and memory: only a look that excludes it counts.
        using var held = await HoldAsync(cancellationToken).ConfigureAwait(false);
        if (await IsStaleAsync(conversationId, cancellationToken).ConfigureAwait(false))
        {
            Drop(conversationId);
        }
    }

    /// <summary>The text of an open item so far; empty when it is not open.</summary>
    public string TextOf(Guid conversationId, Guid itemId) =>
        _streams.TryGetValue(conversationId, out var stream) ? stream.TextOf(itemId) : "";

    public void Dispose() => _gate.Dispose();

    private async Task<bool> IsStaleAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        if (!_streams.TryGetValue(conversationId, out var stream))
        {
            return false;
        }

        var head = stream.Head;
        return (await store.FindHeadAsync(conversationId, cancellationToken).ConfigureAwait(false) ?? StoredHead.None) != head;
    }

    /// <summary>Lets go when disposed.</summary>
    public readonly struct Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
