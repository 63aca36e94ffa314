using System.Globalization;
using System.Text.Json;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>Turns what the program says in one turn into events of the run. Pure but for what it remembers of the turn.</summary>
/// <param name="costBefore">What the session had cost before the turn.</param>
internal sealed class CliTranslator(decimal costBefore)
{
    private readonly StreamedText _text = new();
    private string? _messageId;
    private string? _wholeId;
    private string? _model;
    private string _stopReason = "";
    private TokenUsage _usage = TokenUsage.None;
    private long? _firstTokenMs;
    private bool _isStepOpen;
    private bool _isMessageDone;
    private bool _isThinking;

    /// <summary>How the turn ended; undefined before.</summary>
    public JsonElement Result { get; private set; }

    /// <summary>Whether the turn is over.</summary>
    public bool IsOver => Result.ValueKind is JsonValueKind.Object;

    /// <summary>What the session has cost after the turn, as the program counts.</summary>
    public decimal TotalCostUsd =>
        Result.At("total_cost_usd") is { ValueKind: JsonValueKind.Number } cost && cost.TryGetDecimal(out var usd) ? usd : 0;

    /// <summary>The turn begins.</summary>
    public IEnumerable<EngineEvent> Begin() => NextStep();

    /// <summary>Completes the text before a tool is used.</summary>
    public IReadOnlyList<EngineEvent> Settle() => [.. EndThought(), .. _text.Settle()];

    /// <summary>What follows from a message. Unknown ones follow nothing.</summary>
    public IReadOnlyList<EngineEvent> Translate(JsonElement message)
    {
        // What a sub-agent of the program's own says is no part of this conversation; none is offered.
        if (message.At("parent_tool_use_id").ValueKind is JsonValueKind.String)
        {
            return [];
        }

        return message.Text("type") switch
        {
            "stream_event" => [.. OnStream(message)],
            "assistant" => [.. OnWhole(message)],
            "system" => [.. OnSystem(message)],
            "rate_limit_event" => [.. OnRateLimit(message.At("rate_limit_info"))],
            "result" => [.. OnResult(message)],
            _ => [],
        };
    }

    private IEnumerable<EngineEvent> OnStream(JsonElement message)
    {
        var streamed = message.At("event");
        switch (streamed.Text("type"))
        {
            case "message_start":
                _firstTokenMs = message.Number("ttft_ms");
                return BeginMessage(streamed.At("message"));
            case "content_block_start":
                return streamed.At("content_block").Text("type") == "text" ? [.. EndThought(), .. _text.Begin()] : [];
            case "content_block_delta":
                return OnDelta(streamed.At("delta"));
            case "content_block_stop":
                _text.End();
                return EndThought();
            case "message_delta":
                _stopReason = streamed.At("delta").Text("stop_reason") ?? _stopReason;
                _usage = _usage with { Output = streamed.At("usage").Number("output_tokens") ?? _usage.Output };
                return _text.Settle();
            case "message_stop" when message.At("abandoned_blocks").ValueKind is JsonValueKind.Object:
                _text.TakeBack();
                _messageId = null;
                return EndThought();
            case "message_stop":
                _isMessageDone = true;
                return _text.Settle();
            default:
                return [];
        }
    }

    private IEnumerable<EngineEvent> OnDelta(JsonElement delta)
    {
        switch (delta.Text("type"))
        {
            case "text_delta":
                return _text.Add(delta.Text("text") ?? "");
            case "thinking_delta" when delta.Text("thinking") is { Length: > 0 } thought:
                _isThinking = true;
                return [new EngineEvent.ReasoningDelta(thought)];
            default:
                return [];
        }
    }

    // A finished block comes again as a whole; it counts only where nothing of its message was streamed.
    private List<EngineEvent> OnWhole(JsonElement message)
    {
        var said = message.At("message");
        var id = said.Text("id");
        if (id is null || id == _messageId || message.At("error").ValueKind is JsonValueKind.String || said.Text("model") == "<synthetic>")
        {
            return [];
        }

        List<EngineEvent> events = [.. id == _wholeId ? [] : BeginMessage(said)];
        (_wholeId, _messageId, _isMessageDone) = (id, null, true);
        _stopReason = said.Text("stop_reason") ?? _stopReason;
        foreach (var block in said.List("content"))
        {
            if (block.Text("type") == "text")
            {
                events.AddRange(_text.Begin());
                events.AddRange(_text.Add(block.Text("text") ?? ""));
                events.AddRange(_text.Settle());
            }
            else if (block.Text("type") == "thinking" && block.Text("thinking") is { Length: > 0 } thought)
            {
                events.AddRange([new EngineEvent.ReasoningDelta(thought), new EngineEvent.ReasoningEnded()]);
            }
        }

        return events;
    }

    private IEnumerable<EngineEvent> OnSystem(JsonElement message)
    {
        switch (message.Text("subtype"))
        {
            case "status" when message.Text("status") == "requesting" && _isMessageDone:
                return NextStep();
            case "api_retry":
                return [.. _isMessageDone ? NextStep() : [], ToRetry(message)];
            case "compact_boundary":
                return [new EngineEvent.Warning(
                    "engine_compacted", "Claude Code replaced the earlier part of what it remembers by a summary. This page still has everything.")];
            case "model_fallback":
                return [new EngineEvent.Warning("model_fallback", "The model was overloaded; Claude Code goes on with its fallback model.")];
            default:
                return [];
        }
    }

    private static EngineEvent.Retrying ToRetry(JsonElement message)
    {
        var status = message.Number("error_status");
        var code = message.Text("error") ?? "api_error";
        var text = status switch
        {
            429 => "The limit of requests is reached.",
            529 => "The model is overloaded.",
            401 or 403 => "The key was not accepted.",
            null => "The server cannot be reached, or broke off.",
            _ => string.Create(CultureInfo.InvariantCulture, $"The server answered with error {status}."),
        };
        return new EngineEvent.Retrying(
            (int)(message.Number("attempt") ?? 1), TimeSpan.FromMilliseconds(message.Number("retry_delay_ms") ?? 0), code, text);
    }

    private static EngineEvent[] OnRateLimit(JsonElement info) => info.Text("status") is null or "allowed" ? [] :
    [
        new EngineEvent.Warning("rate_limit", info.Text("status") == "rejected"
            ? "The limit of your Claude plan is reached."
            : "You are near the limit of your Claude plan."),
    ];

    private List<EngineEvent> OnResult(JsonElement message)
    {
        Result = message;
        _stopReason = message.Text("stop_reason") ?? _stopReason;

        // After a kill the program begins to count again.
        _usage = _usage with { CostUsd = TotalCostUsd >= costBefore ? TotalCostUsd - costBefore : TotalCostUsd };
        List<EngineEvent> events = [.. EndThought(), .. _text.GiveUp()];
        events.AddRange(EndStep(WindowOf(message)));
        return events;
    }

    private int? WindowOf(JsonElement message) => message.At("modelUsage") is { ValueKind: JsonValueKind.Object } models
        ? (int?)models.EnumerateObject().Where(model => model.Name == _model).Select(model => model.Value.Number("contextWindow")).FirstOrDefault()
        : null;

    private List<EngineEvent> BeginMessage(JsonElement message)
    {
        List<EngineEvent> events = [.. _isMessageDone ? NextStep() : []];
        _messageId = message.Text("id");
        _model = message.Text("model");
        var usage = message.At("usage");
        _usage = new TokenUsage(
            usage.Number("input_tokens") ?? 0,
            usage.Number("output_tokens") ?? 0,
            usage.Number("cache_read_input_tokens") ?? 0,
            usage.Number("cache_creation_input_tokens") ?? 0);
        return events;
    }

    private IEnumerable<EngineEvent> NextStep()
    {
        EngineEvent[] ended = [.. EndThought(), .. _text.Settle(), .. EndStep(window: null)];
        _isStepOpen = true;
        return [.. ended, new EngineEvent.StepStarted()];
    }

    private EngineEvent[] EndStep(int? window)
    {
        if (!_isStepOpen)
        {
            return [];
        }

        var ended = new EngineEvent.StepEnded(_stopReason.Length > 0 ? _stopReason : "end_turn", _usage, _model, _firstTokenMs, window);
        (_isStepOpen, _isMessageDone, _messageId, _stopReason, _usage, _firstTokenMs) = (false, false, null, "", TokenUsage.None, null);
        return [ended];
    }

    private EngineEvent[] EndThought()
    {
        if (!_isThinking)
        {
            return [];
        }

        _isThinking = false;
        return [new EngineEvent.ReasoningEnded()];
    }
}
