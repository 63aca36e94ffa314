namespace Autocoder.Core.Conversations.Ledgers;

/// <summary>A run, as a history lists it.</summary>
/// <param name="From">Its first event.</param>
/// <param name="To">Its last event so far.</param>
/// <param name="Asked">The prompt it answers; empty when it answers none of its own.</param>
/// <param name="Model">The model that answered last; null where none is used or known.</param>
/// <param name="Failures">How many calls of tools did not work.</param>
/// <param name="Asks">How often a person was asked for something.</param>
/// <param name="Usage">Of its model calls, and of what making room in the context cost; without its sub-agents.</param>
/// <param name="SubAgentUsage">Of the sub-agents that have ended.</param>
/// <param name="Files">The files it changed, each once, in the order of the first change.</param>
/// <param name="Outcome">How it ended; null while it runs.</param>
/// <param name="Error">Why it ended, where it failed; null otherwise.</param>
public sealed record LedgerRun(
    Guid RunId,
    long From,
    long To,
    DateTimeOffset StartedAt,
    DateTimeOffset LastAt,
    string Asked,
    string Profile,
    string Engine,
    string? Model,
    int Steps,
    int ToolCalls,
    int Failures,
    int Asks,
    TokenUsage Usage,
    TokenUsage SubAgentUsage,
    IReadOnlyList<string> Files,
    RunOutcome? Outcome,
    string? Error)
{
    /// <summary>How long it took, or has taken up to its last event.</summary>
    public TimeSpan Elapsed => LastAt - StartedAt;
}
