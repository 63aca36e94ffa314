namespace Autocoder.Core.Files;

/// <summary>
/// Lets changes of folders through, one at a time, until a token is cancelled. Looking at the token and making the change is one
/// step, so that after <see cref="Settle"/> nothing comes any more, not even of a write that had begun.
/// </summary>
internal sealed class WriteFence(CancellationToken end)
{
    private readonly Lock _changing = new();

    /// <summary>Makes one short change: a folder, a name.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was changed.</exception>
    public T Pass<T>(Func<T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_changing)
        {
            end.ThrowIfCancellationRequested();
            return change();
        }
    }

    /// <summary>Returns when no change is under way. Once the token is cancelled, none follows.</summary>
    /// <param name="patience">For how long to wait for a disk that hangs.</param>
    /// <returns>False when one is still under way.</returns>
    public bool Settle(TimeSpan patience)
    {
        if (!_changing.TryEnter(patience))
        {
            return false;
        }

        _changing.Exit();
        return true;
    }
}
