using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations;

/// <summary>An event with its place and time. Only committed events have one.</summary>
/// <param name="Sequence">1, 2, 3, … in its conversation, without gaps, never reused.</param>
/// <param name="RunId">The run it belongs to; null for what happens outside a run.</param>
public sealed record EventEnvelope(
    Guid ConversationId, long Sequence, Guid EventId, Guid? RunId, DateTimeOffset At, ConversationEvent Event);
