namespace Autocoder.Core.Conversations.Events;

/// <summary>A model is about to be called.</summary>
/// <param name="Number">1 for the first step of the run.</param>
[EventKind("step_started")]
public sealed record StepStarted(Guid StepId, int Number) : ConversationEvent;

/// <summary>The model has answered, and the tool calls it asked for are done.</summary>
/// <param name="StopReason">As the model says it: <c>end_turn</c>, <c>tool_use</c>, <c>max_tokens</c>, <c>refusal</c>.</param>
/// <param name="Usage">Of this one call. Its total is what the context gauge shows, never the sum over the run.</param>
/// <param name="Model">The model that answered, where one is used.</param>
/// <param name="FirstTokenMs">From the call to its first sign, in milliseconds; null where unknown.</param>
/// <param name="Window">How many tokens one call may hold, input and output together; null where that is not limited or not known.</param>
[EventKind("step_ended")]
public sealed record StepEnded(
    Guid StepId, string StopReason, TokenUsage Usage, string? Model = null, long? FirstTokenMs = null, int? Window = null) : ConversationEvent;
