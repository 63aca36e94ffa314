namespace Autocoder.Core.Conversations.Events;

/// <summary>A run began. Committed before its engine is started.</summary>
/// <param name="PromptId">The prompt it answers.</param>
/// <param name="Engine">The engine that drives it, for example <c>offline</c>.</param>
/// <param name="Model">The model, where one is used.</param>
[EventKind("run_started")]
public sealed record RunStarted(
    Guid RunId, Guid PromptId, string Profile, int ProfileVersion, string Engine, string? Model = null) : ConversationEvent;

/// <summary>Someone asked the run to stop. A repeat changes nothing.</summary>
/// <param name="By"><c>person</c> or <c>shutdown</c>.</param>
[EventKind("stop_requested")]
public sealed record StopRequested(string By) : ConversationEvent;

/// <summary>The one end of a run, and its last event.</summary>
/// <param name="ElapsedMs">From <see cref="RunStarted"/> to here, in milliseconds.</param>
/// <param name="ToolCalls">How many tool calls were started.</param>
/// <param name="FilesChanged">How many different files the run's tools wrote.</param>
[EventKind("run_ended")]
public sealed record RunEnded(
    RunOutcome Outcome, TokenUsage Usage, long ElapsedMs, int ToolCalls, int FilesChanged, RunError? Error = null) : ConversationEvent;
