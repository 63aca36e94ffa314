using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs.Context;

/// <summary>A step whose end is not in the log yet.</summary>
internal sealed class OpenStep(long first)
{
    private readonly List<ModelPart> _answer = [];
    private readonly List<ToolOutcome> _outcomes = [];

    public long First { get; } = first;

    /// <summary>Whether a call waits for its result.</summary>
    public bool WaitsForResults => _outcomes.Exists(outcome => outcome.End is null);

    public void Add(ModelPart part) => _answer.Add(part);

    /// <summary>Takes back what was said since the last tool call.</summary>
    public void Withdraw()
    {
        var kept = _answer.FindLastIndex(part => part is ModelPart.ToolCall) + 1;
        _answer.RemoveRange(kept, _answer.Count - kept);
    }

    public void Request(ToolCallRequested call, string viewId)
    {
        _answer.Add(new ModelPart.ToolCall(viewId, call.Tool, call.Arguments));
        _outcomes.Add(new ToolOutcome(viewId, call));
    }

    public void Ask(string callId) => Change(callId, outcome => outcome with { IsAnswer = true });

    public void End(ToolCallEnded ended, long sequence) => Change(ended.CallId, outcome => outcome with { End = ended, Sequence = sequence });

    /// <summary>The step as it is now; null when nothing was said or done in it.</summary>
    public StepEntry? ToEntry(long sequence)
    {
        // A thought alone is no answer; models refuse a message that holds nothing else.
        var saysSomething = _answer.Exists(part => part is not ModelPart.Reasoning);
        return saysSomething ? new StepEntry(First, sequence, [.. _answer], [.. _outcomes]) : null;
    }

    /// <summary>Whether the model has answered at all, if only with a thought.</summary>
    public bool IsAnswered => _answer.Count > 0;

    private void Change(string callId, Func<ToolOutcome, ToolOutcome> change)
    {
        var index = _outcomes.FindLastIndex(outcome => outcome.Call.CallId == callId);
        if (index >= 0)
        {
            _outcomes[index] = change(_outcomes[index]);
        }
    }
}
