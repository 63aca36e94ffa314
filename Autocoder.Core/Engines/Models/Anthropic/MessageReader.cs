using System.Text;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>Reads the events of one streamed message: https://platform.claude.com/docs/en/build-with-claude/streaming.</summary>
/// <remarks>
/// Lenient, because compatible servers leave things out: an event, a block or a field that is not known is passed over. A
/// tool call whose arguments are no JSON becomes one without arguments, and its tool says what is missing.
/// </remarks>
internal sealed class MessageReader(string model, AnthropicOptions options)
{
    private readonly Dictionary<long, OpenCall> _calls = [];
    private long _input;
    private long _output;
    private long _cacheRead;
    private long _cacheWrite;
    private string _model = model;
    private string _stopReason = "end_turn";

    /// <summary>Takes the next event in. The answer is whole with <see cref="ModelEvent.Completed"/>.</summary>
    public IReadOnlyList<ModelEvent> Read(JsonElement next)
    {
        switch (TextOf(next, "type"))
        {
            case "message_start" when Part(next, "message") is { } message:
                _model = TextOf(message, "model") is { Length: > 0 } named ? named : _model;
                Count(message);
                return [];
            case "content_block_start" when Part(next, "content_block") is { } block:
                return Start(IndexOf(next), block);
            case "content_block_delta" when Part(next, "delta") is { } delta:
                return Grow(IndexOf(next), delta);
            case "content_block_stop":
                return Stop(IndexOf(next));
            case "message_delta":
                Count(next);
                _stopReason = Part(next, "delta") is { } end && TextOf(end, "stop_reason") is { Length: > 0 } reason ? reason : _stopReason;
                return [];
            case "message_stop":
                return [.. _calls.Keys.Order().ToList().SelectMany(Stop), Complete()];
            default:
                return [];
        }
    }

    private IReadOnlyList<ModelEvent> Start(long index, JsonElement block)
    {
        switch (TextOf(block, "type"))
        {
            case "tool_use":
                _calls[index] = new OpenCall(TextOf(block, "id"), TextOf(block, "name"), Part(block, "input"), new StringBuilder());
                return [];
            case "text" when TextOf(block, "text") is { Length: > 0 } text:
                return [new ModelEvent.TextDelta(text)];
            case "thinking" when TextOf(block, "thinking") is { Length: > 0 } thought:
                return [new ModelEvent.ReasoningDelta(thought)];
            case "redacted_thinking" when TextOf(block, "data") is { Length: > 0 } data:
                return [new ModelEvent.ReasoningSigned(RequestBody.Redacted + data)];
            default:
                return [];
        }
    }

    private IReadOnlyList<ModelEvent> Grow(long index, JsonElement delta)
    {
        switch (TextOf(delta, "type"))
        {
            case "text_delta" when TextOf(delta, "text") is { Length: > 0 } text:
                return [new ModelEvent.TextDelta(text)];
            case "thinking_delta" when TextOf(delta, "thinking") is { Length: > 0 } thought:
                return [new ModelEvent.ReasoningDelta(thought)];
            case "signature_delta" when TextOf(delta, "signature") is { Length: > 0 } signature:
                return [new ModelEvent.ReasoningSigned(signature)];
            case "input_json_delta" when _calls.TryGetValue(index, out var call):
                call.Json.Append(TextOf(delta, "partial_json"));
                return [];
            default:
                return [];
        }
    }

    private IReadOnlyList<ModelEvent> Stop(long index) => _calls.Remove(index, out var call)
        ? [new ModelEvent.ToolCallReady(new ToolCall(call.Id, call.Tool, ArgumentsOf(call)))]
        : [];

    private ModelEvent.Completed Complete()
    {
        var usage = new TokenUsage(_input, _output, _cacheRead, _cacheWrite);

        // The window was full before the answer was whole: for the person the same as an answer that reached its limit.
        var reason = _stopReason == "model_context_window_exceeded" ? "max_tokens" : _stopReason;
        return new ModelEvent.Completed(reason, PriceList.Priced(usage, _model, options), _model);
    }

    private static JsonElement ArgumentsOf(OpenCall call)
    {
        if (call.Json.Length == 0)
        {
            return call.Input is { ValueKind: JsonValueKind.Object } input ? input.Clone() : JsonSerializer.SerializeToElement(new { });
        }

        try
        {
            using var parsed = JsonDocument.Parse(call.Json.ToString());
            return parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(new { });
        }
    }

    // The numbers of one message only grow, and a later event may leave some out.
    private void Count(JsonElement holder)
    {
        if (Part(holder, "usage") is { } usage)
        {
            _input = Math.Max(_input, NumberOf(usage, "input_tokens"));
            _output = Math.Max(_output, NumberOf(usage, "output_tokens"));
            _cacheRead = Math.Max(_cacheRead, NumberOf(usage, "cache_read_input_tokens"));
            _cacheWrite = Math.Max(_cacheWrite, NumberOf(usage, "cache_creation_input_tokens"));
        }
    }

    private static long IndexOf(JsonElement next) => NumberOf(next, "index");

    private static JsonElement? Part(JsonElement holder, string name) =>
        holder.ValueKind is JsonValueKind.Object && holder.TryGetProperty(name, out var part) && part.ValueKind is JsonValueKind.Object ? part : null;

    private static string TextOf(JsonElement holder, string name) =>
        holder.ValueKind is JsonValueKind.Object && holder.TryGetProperty(name, out var part) && part.ValueKind is JsonValueKind.String ? Decode(part) : "";

    private static string Decode(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: valid JSON that is no text.
            return "\uFFFD";
        }
    }

    private static long NumberOf(JsonElement holder, string name) =>
        holder.ValueKind is JsonValueKind.Object && holder.TryGetProperty(name, out var part) && part.ValueKind is JsonValueKind.Number && part.TryGetInt64(out var number)
            ? Math.Max(0, number)
            : 0;

    private sealed record OpenCall(string Id, string Tool, JsonElement? Input, StringBuilder Json);
}
