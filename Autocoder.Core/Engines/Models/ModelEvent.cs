using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Models;

/// <summary>A piece of a model's answer, as it arrives. The hierarchy is closed.</summary>
public abstract record ModelEvent
{
    private ModelEvent()
    {
    }

    /// <summary>More text.</summary>
    public sealed record TextDelta(string Text) : ModelEvent;

    /// <summary>More of a thought.</summary>
    public sealed record ReasoningDelta(string Text) : ModelEvent;

    /// <summary>The thought that is open, or one that is not shown, may be given back to the model with this and only with this.</summary>
    public sealed record ReasoningSigned(string Signature) : ModelEvent;

    /// <summary>Everything of this answer so far is taken back; the answer begins anew.</summary>
    public sealed record Withdrawn : ModelEvent;

    /// <summary>Something the person should know.</summary>
    public sealed record Warning(string Code, string Text) : ModelEvent;

    /// <summary>A whole tool call. Calls of one answer may run in parallel.</summary>
    public sealed record ToolCallReady(ToolCall Call) : ModelEvent;

    /// <summary>The call failed in a way that passes; the client waits and tries again.</summary>
    public sealed record Retrying(int Attempt, TimeSpan Delay, string Code, string Text) : ModelEvent;

    /// <summary>The answer is whole.</summary>
    /// <param name="StopReason"><c>end_turn</c>, <c>tool_use</c>, <c>max_tokens</c> or <c>refusal</c>.</param>
    /// <param name="Model">The model that answered, where one is used.</param>
    public sealed record Completed(string StopReason, TokenUsage Usage, string? Model = null) : ModelEvent;
}
