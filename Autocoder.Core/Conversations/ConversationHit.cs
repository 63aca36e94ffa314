namespace Autocoder.Core.Conversations;

/// <summary>A conversation that was found.</summary>
/// <param name="Passages">Where, the best first; at most three.</param>
public sealed record ConversationHit(ConversationSummary Conversation, IReadOnlyList<FoundPassage> Passages);
