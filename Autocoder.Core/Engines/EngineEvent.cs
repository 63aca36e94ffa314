using Autocoder.Core.Conversations;

namespace Autocoder.Core.Engines;

/// <summary>What an engine says while it runs. Ids and order are given by the run. The hierarchy is closed.</summary>
public abstract record EngineEvent
{
    private EngineEvent()
    {
    }

    /// <summary>A model is about to be called.</summary>
    public sealed record StepStarted : EngineEvent;

    /// <summary>More of the answer. The first one opens a text.</summary>
    public sealed record TextDelta(string Text) : EngineEvent;

    /// <summary>The open text is whole.</summary>
    /// <param name="Whole">All of it, where something that was streamed was taken back; null when what was streamed stands.</param>
    public sealed record TextEnded(string? Whole = null) : EngineEvent;

    /// <summary>More of a thought. The first one opens it.</summary>
    public sealed record ReasoningDelta(string Text) : EngineEvent;

    /// <summary>The open thought is whole.</summary>
    /// <param name="Signature">Without which its server does not take it back; null where it needs none.</param>
    public sealed record ReasoningEnded(string? Signature = null) : EngineEvent;

    /// <summary>The texts and thoughts of this step are taken back, because the answer begins anew.</summary>
    public sealed record AnswerWithdrawn : EngineEvent;

    /// <summary>The step is over, its tools included.</summary>
    /// <param name="Window">How many tokens one call may hold; null where that is not known.</param>
    public sealed record StepEnded(
        string StopReason, TokenUsage Usage, string? Model = null, long? FirstTokenMs = null, int? Window = null) : EngineEvent;

    /// <summary>A model call failed in a way that passes; it is tried again after the delay.</summary>
    public sealed record Retrying(int Attempt, TimeSpan Delay, string Code, string Text) : EngineEvent;

    /// <summary>Something the person should know.</summary>
    public sealed record Warning(string Code, string Text) : EngineEvent;

    /// <summary>The last event, unless the run is simply complete.</summary>
    public sealed record Finished(RunOutcome Outcome) : EngineEvent;
}
