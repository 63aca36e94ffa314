namespace Autocoder.Core.Conversations.Events;

/// <summary>The plan as a whole, never a part of it.</summary>
/// <param name="Revision">1 for the first plan of a run; grows by one.</param>
[EventKind("plan_updated")]
public sealed record PlanUpdated(int Revision, IReadOnlyList<PlanEntry> Entries) : ConversationEvent;
