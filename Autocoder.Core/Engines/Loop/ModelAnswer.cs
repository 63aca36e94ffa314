using System.Text;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Loop;

/// <summary>One model answer while it arrives: what it is made of, and what the run must be told of each piece.</summary>
/// <remarks>At most one text or thought is open, and none is when a tool call or the end has been seen.</remarks>
internal sealed class ModelAnswer(CallIds callIds)
{
    private readonly StringBuilder _open = new();
    private readonly List<ModelPart> _parts = [];
    private readonly List<ToolCall> _toolCalls = [];
    private Kind _kind;
    private string? _signature;

    private enum Kind
    {
        None,
        Text,
        Reasoning,
    }

    /// <summary>The end of the answer; null until it was seen.</summary>
    public ModelEvent.Completed? Completed { get; private set; }

    /// <summary>Texts, thoughts and tool calls in the order in which they arrived.</summary>
    public IReadOnlyList<ModelPart> Parts => _parts;

    public IReadOnlyList<ToolCall> ToolCalls => _toolCalls;

    /// <summary>Takes the next piece in.</summary>
    public IReadOnlyList<EngineEvent> Add(ModelEvent piece)
    {
        switch (piece)
        {
            case ModelEvent.TextDelta delta:
                return Grow(Kind.Text, delta.Text, new EngineEvent.TextDelta(delta.Text));
            case ModelEvent.ReasoningDelta delta:
                return Grow(Kind.Reasoning, delta.Text, new EngineEvent.ReasoningDelta(delta.Text));
            case ModelEvent.ReasoningSigned signed:
                return Sign(signed.Signature);
            case ModelEvent.Withdrawn:
                return Withdraw();
            case ModelEvent.Warning warning:
                return [new EngineEvent.Warning(warning.Code, warning.Text)];
            case ModelEvent.ToolCallReady ready:
                var ended = Close();
                AddToolCall(ready.Call);
                return ended;
            case ModelEvent.Retrying retrying:
                return [new EngineEvent.Retrying(retrying.Attempt, retrying.Delay, retrying.Code, retrying.Text)];
            case ModelEvent.Completed completed:
                Completed = completed;
                return Close();
            default:
                throw new InvalidOperationException($"Unknown model event {piece.GetType().Name}.");
        }
    }

    private List<EngineEvent> Grow(Kind kind, string text, EngineEvent delta)
    {
        if (text.Length == 0)
        {
            return [];
        }

        var events = _kind == kind ? [] : Close();
        _kind = kind;
        _open.Append(text);
        events.Add(delta);
        return events;
    }

    // A thought that is not shown still has to be given back.
    private List<EngineEvent> Sign(string signature)
    {
        var events = _kind is Kind.Reasoning ? [] : Close();
        _kind = Kind.Reasoning;
        _signature = signature;
        events.AddRange(Close());
        return events;
    }

    private List<EngineEvent> Withdraw()
    {
        _kind = Kind.None;
        _open.Clear();
        _signature = null;
        _parts.Clear();
        _toolCalls.Clear();
        return [new EngineEvent.AnswerWithdrawn()];
    }

    private List<EngineEvent> Close()
    {
        var (kind, text, signature) = (_kind, _open.ToString(), _signature);
        _kind = Kind.None;
        _signature = null;
        _open.Clear();
        switch (kind)
        {
            case Kind.Text:
                _parts.Add(new ModelPart.Text(text));
                return [new EngineEvent.TextEnded()];
            case Kind.Reasoning:
                _parts.Add(new ModelPart.Reasoning(text, signature));
                return [new EngineEvent.ReasoningEnded(signature)];
            default:
                return [];
        }
    }

    private void AddToolCall(ToolCall call)
    {
        var unique = call with { CallId = callIds.Take(call.CallId) };
        _toolCalls.Add(unique);
        _parts.Add(new ModelPart.ToolCall(unique.CallId, unique.Tool, unique.Arguments));
    }
}
