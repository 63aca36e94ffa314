namespace Autocoder.Core.Conversations.Events;

/// <summary>A sub-agent works in a conversation of its own, which can be opened and followed.</summary>
/// <param name="CallId">The tool call that started it.</param>
/// <param name="Depth">1 for a child of a person's conversation.</param>
[EventKind("sub_agent_started")]
public sealed record SubAgentStarted(
    Guid ChildConversationId, string CallId, string Agent, string Task, int Depth) : ConversationEvent;

/// <summary>The sub-agent is done.</summary>
/// <param name="Summary">The last text of the sub-agent: what its parent is told.</param>
[EventKind("sub_agent_ended")]
public sealed record SubAgentEnded(
    Guid ChildConversationId, string CallId, RunOutcome Outcome, string Summary, TokenUsage Usage) : ConversationEvent;
