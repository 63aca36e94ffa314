namespace Autocoder.Core.Conversations.Ledgers;

/// <summary>A place in a conversation worth going back to.</summary>
/// <param name="Sequence">The event.</param>
/// <param name="Title">What happened there, in words for a person.</param>
public sealed record LedgerMark(long Sequence, DateTimeOffset At, LedgerMarkKind Kind, string Title);
