using System.Text.Json.Serialization;

namespace Autocoder.Core.Conversations.Events;

/// <summary>A run began. Committed before its engine is started.</summary>
/// <param name="PromptId">The prompt it answers.</param>
/// <param name="Engine">The engine that drives it, for example <c>offline</c>.</param>
/// <param name="Model">The model, where one is used.</param>
/// <param name="Limits">How far it may go; null in runs of older versions.</param>
/// <param name="Phase">Where it begins.</param>
/// <param name="Continues">The ended run it goes on with; null for none.</param>
[EventKind("run_started")]
public sealed record RunStarted(
    Guid RunId,
    Guid PromptId,
    string Profile,
    int ProfileVersion,
    string Engine,
    string? Model = null,
    RunLimits? Limits = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] RunPhase Phase = RunPhase.Direct,
    Guid? Continues = null) : ConversationEvent;

/// <summary>The run goes on to another part of its work.</summary>
/// <param name="Note">Why, where it is not the usual way: <c>No plan was made in time</c>.</param>
[EventKind("phase_changed")]
public sealed record PhaseChanged(RunPhase Phase, string? Note = null) : ConversationEvent;

/// <summary>A model call failed in a way that passes; the engine waits and tries again.</summary>
/// <param name="Attempt">1 for the first repeat.</param>
/// <param name="DelayMs">How long it waits, from this event on.</param>
/// <param name="Code">Stable, for example <c>overloaded</c>.</param>
/// <param name="Text">What happened, in words for the person.</param>
[EventKind("model_call_retried")]
public sealed record ModelCallRetried(int Attempt, long DelayMs, string Code, string Text) : ConversationEvent;

/// <summary>Nothing has been heard of the engine for a while, and no tool or person explains it. The next sign of life ends it.</summary>
/// <param name="QuietMs">For how long.</param>
[EventKind("run_stalled")]
public sealed record RunStalled(long QuietMs) : ConversationEvent;

/// <summary>Someone asked the run to stop. A repeat changes nothing.</summary>
/// <param name="By"><c>person</c>, <c>shutdown</c>, <c>parent</c> or <c>rejection</c>.</param>
[EventKind("stop_requested")]
public sealed record StopRequested(string By) : ConversationEvent;

/// <summary>The one end of a run, and its last event.</summary>
/// <param name="Usage">Of the run itself.</param>
/// <param name="ElapsedMs">From <see cref="RunStarted"/> to here, in milliseconds.</param>
/// <param name="ToolCalls">How many tool calls were started.</param>
/// <param name="FilesChanged">How many different files the run's tools wrote.</param>
/// <param name="Files">The first of these files, in order, paths inside the project with <c>/</c>.</param>
/// <param name="SubAgentUsage">Of its sub-agents, and not in <paramref name="Usage"/>; null for none.</param>
/// <param name="ProcessesEnded">How many processes it had started were ended by force.</param>
[EventKind("run_ended")]
public sealed record RunEnded(
    RunOutcome Outcome,
    TokenUsage Usage,
    long ElapsedMs,
    int ToolCalls,
    int FilesChanged,
    RunError? Error = null,
    IReadOnlyList<string>? Files = null,
    TokenUsage? SubAgentUsage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int ProcessesEnded = 0) : ConversationEvent;
