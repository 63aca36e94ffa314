namespace Autocoder.Core.Conversations;

/// <summary>Which state of a conversation the store holds. Whoever knows another one is stale and must not write.</summary>
/// <param name="Epoch">As in <see cref="LogCursor"/>.</param>
/// <param name="Sequence">The last event; 0 before the first.</param>
/// <param name="LastPiece">The last kept piece of an open text; 0 when none is kept.</param>
public readonly record struct StoredHead(int Epoch, long Sequence, long LastPiece)
{
    /// <summary>Of a conversation that does not exist yet.</summary>
    public static StoredHead None { get; } = new(LogCursor.FirstEpoch, 0, 0);
}
