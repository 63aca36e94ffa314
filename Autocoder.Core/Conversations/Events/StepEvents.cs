namespace Autocoder.Core.Conversations.Events;

/// <summary>A model is about to be called.</summary>
/// <param name="Number">1 for the first step of the run.</param>
[EventKind("step_started")]
public sealed record StepStarted(Guid StepId, int Number) : ConversationEvent;

/// <summary>The model has answered, and the tool calls it asked for are done.</summary>
/// <param name="StopReason">As the model says it: <c>end_turn</c>, <c>tool_use</c>, <c>max_tokens</c>, <c>refusal</c>.</param>
[EventKind("step_ended")]
public sealed record StepEnded(Guid StepId, string StopReason, TokenUsage Usage) : ConversationEvent;
