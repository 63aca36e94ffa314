namespace Autocoder.Core.Conversations.Ledgers;

/// <summary>A sub-agent.</summary>
/// <param name="Sequence">Where it was started.</param>
/// <param name="Outcome">How it ended; null while it works.</param>
/// <param name="Usage">What it used; nothing while it works.</param>
public sealed record LedgerAgent(
    long Sequence, Guid ConversationId, string Agent, string Task, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, RunOutcome? Outcome, TokenUsage Usage);
