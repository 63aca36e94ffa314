namespace Autocoder.Core.Conversations;

/// <summary>A stretch of the log, with what is needed to show it by itself.</summary>
/// <param name="From">The sequence of the first event; what is older comes before it. 1 when there is nothing older.</param>
/// <param name="Events">Without gaps, oldest first.</param>
/// <param name="Prompts">The admissions and edits of prompts that are delivered in <paramref name="Events"/> but are older.</param>
public sealed record LogPage(long From, IReadOnlyList<EventEnvelope> Events, IReadOnlyList<EventEnvelope> Prompts);
