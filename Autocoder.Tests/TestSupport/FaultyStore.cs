using Autocoder.Core.Conversations;

namespace Autocoder.Tests.TestSupport;

/// <summary>What happens at the chosen commit.</summary>
public enum Fault
{
    /// <summary>The disk refuses this one commit; everything goes on.</summary>
    Refuse,

    /// <summary>The power goes before the commit.</summary>
    DieBefore,

    /// <summary>The power goes when the commit is on disk, and before anybody is told.</summary>
    DieAfter,
}

/// <summary>A store that fails at the n-th commit. Once dead, no commit ever returns, as in a process that is gone.</summary>
internal sealed class FaultyStore(IConversationStore inner, int failAt, Fault fault) : IConversationStore
{
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _committing = new(1, 1);
    private int _commits;

    /// <summary>Completes when the power is gone.</summary>
    public Task Died => _died.Task;

    /// <summary>How many commits were begun.</summary>
    public int Commits => Volatile.Read(ref _commits);

    /// <summary>A store that dies only when told to.</summary>
    public static FaultyStore Sound(IConversationStore inner) => new(inner, failAt: 0, Fault.DieBefore);

    /// <summary>The power goes, between two commits.</summary>
    public async Task KillAsync()
    {
        await _committing.WaitAsync();
        _died.TrySetResult();
        _committing.Release();
    }

    /// <summary>Does something to the world while there is power; afterwards never returns.</summary>
    public async Task WhileAliveAsync(Func<Task> work)
    {
        await _committing.WaitAsync();
        try
        {
            if (!_died.Task.IsCompleted)
            {
                await work();
            }
        }
        finally
        {
            _committing.Release();
        }

        await NobodyIsThereAsync();
    }

    public async Task CommitAsync(Func<IConversationTransaction, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await _committing.WaitAsync(cancellationToken);
        try
        {
            if (!_died.Task.IsCompleted)
            {
                await CommitOnceAsync(work, Interlocked.Increment(ref _commits) == failAt ? fault : null, cancellationToken);
            }
        }
        finally
        {
            _committing.Release();
        }

        await NobodyIsThereAsync();
    }

    public Task<StoredConversation?> LoadAsync(Guid conversationId, CancellationToken cancellationToken) =>
        inner.LoadAsync(conversationId, cancellationToken);

    public Task<StoredHead?> FindHeadAsync(Guid conversationId, CancellationToken cancellationToken) =>
        inner.FindHeadAsync(conversationId, cancellationToken);

    public Task<IReadOnlyList<EventEnvelope>> ReadAtAsync(
        Guid conversationId, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        inner.ReadAtAsync(conversationId, sequences, cancellationToken);

    public Task<IReadOnlyList<EventEnvelope>> ReadPromptsAsync(
        Guid conversationId, IReadOnlyCollection<Guid> promptIds, long through, CancellationToken cancellationToken) =>
        inner.ReadPromptsAsync(conversationId, promptIds, through, cancellationToken);

    public Task<IReadOnlyList<EventEnvelope>> ReadAsync(
        Guid conversationId, long after, long through, int limit, CancellationToken cancellationToken) =>
        inner.ReadAsync(conversationId, after, through, limit, cancellationToken);

    public Task<IReadOnlyList<Guid>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        inner.ListUnfinishedAsync(cancellationToken);

    // Whoever waits for this in a dead process waits for ever, and is forgotten with it.
    private Task NobodyIsThereAsync() => _died.Task.IsCompleted ? new TaskCompletionSource().Task : Task.CompletedTask;

    private async Task CommitOnceAsync(
        Func<IConversationTransaction, CancellationToken, Task> work, Fault? now, CancellationToken cancellationToken)
    {
        if (now is not Fault.DieBefore)
        {
            await inner.CommitAsync(
                async (transaction, token) =>
                {
                    await work(transaction, token);
                    if (now is Fault.Refuse)
                    {
                        throw new IOException("The disk refused.");
                    }
                },
                cancellationToken);
        }

        if (now is Fault.DieBefore or Fault.DieAfter)
        {
            _died.TrySetResult();
        }
    }
}
