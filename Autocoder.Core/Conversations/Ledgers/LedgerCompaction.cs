namespace Autocoder.Core.Conversations.Ledgers;

/// <summary>Room that was made in what the model is shown.</summary>
/// <param name="Masked">How many results of tools were replaced by a line.</param>
/// <param name="IsSummarised">Whether older messages were replaced by a summary.</param>
/// <param name="IsReverted">Whether a person took it back.</param>
public sealed record LedgerCompaction(
    long Sequence, DateTimeOffset At, Guid CompactionId, long TokensBefore, long TokensAfter, int Masked, bool IsSummarised, bool IsReverted);
