using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations;

/// <summary>An event somebody wants to append.</summary>
/// <param name="RunId">The run it belongs to; null for what happens outside a run.</param>
public sealed record NewEvent(ConversationEvent Event, Guid? RunId = null);
