using System.Net.Sockets;
using System.Text.Json;
using Autocoder.Core.Tools;
using global::Anthropic.Exceptions;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>Why a call failed.</summary>
/// <param name="Passes">Whether it is worth trying again.</param>
/// <param name="IsOverload">Whether another model may have room.</param>
/// <param name="Text">What happened, in words; never a key, and of the server's own words only a line.</param>
/// <param name="Advice">What to do when it does not pass.</param>
internal sealed record ModelFailure(string Code, bool Passes, bool IsOverload, string Text, string Advice)
{
    private const int MaxSaid = 300;

    /// <summary>The server said nothing for too long.</summary>
    public static ModelFailure Silence(TimeSpan limit) => Passing(
        "model_silent", $"The model's server has said nothing for {limit.TotalSeconds:0.#} s.", "The server may be overloaded, or hang.");

    /// <summary>The stream ended before the message did.</summary>
    public static ModelFailure Cut { get; } = Passing(
        "model_stream_cut", "The connection to the model broke off in the middle of its answer.", "What had arrived is kept.");

    /// <summary>Reads an exception of the SDK.</summary>
    /// <returns>Null for one that says nothing about the server.</returns>
    public static ModelFailure? Of(Exception exception, string model, AnthropicOptions options) => exception switch
    {
        AnthropicApiException api => OfStatus((int)api.StatusCode, Said(api.ResponseBody), model, options),
        AnthropicSseException sse => OfKind(KindOf(sse), Said(sse.Message)),
        AnthropicIOException or HttpRequestException when IsUnreachable(exception) => new(
            "model_unreachable", Passes: true, IsOverload: false, $"The server at {options.Address} cannot be reached.",
            "Check the address in the settings, and whether the server runs and the network is up."),
        AnthropicIOException or HttpRequestException or IOException or AnthropicInvalidDataException => Cut,
        JsonException => Cut,
        _ => null,
    };

    private static ModelFailure OfStatus(int status, string said, string model, AnthropicOptions options) => status switch
    {
        401 => Lasting("key_rejected", $"The server at {options.Address} does not accept the key.", "Put a valid key into the settings, or into ANTHROPIC_API_KEY."),
        403 => Lasting("key_forbidden", $"The key may not do this. {said}", "Use a key that may, or another model."),
        404 => Lasting("model_unknown", $"There is no model “{ToolText.Line(model, 100)}” at {options.Address}, or it is no Messages API. {said}", "Choose another model or address in the settings."),
        413 => Lasting("request_too_large", "The conversation with its attachments is larger than the server takes.", "Begin a new conversation, or attach less."),
        400 when IsOverflow(said) => Lasting(IContextSummarizer.ContextOverflow, $"The conversation is longer than the model can take. {said}", "Begin a new conversation."),
        400 or 422 => Lasting("request_refused", $"The server refused the call: {said}", "If it speaks of a setting, change it; another model may take it."),
        408 or 409 => Passing("model_busy", $"The server could not take the call now ({status}).", "Try again later."),
        429 => new("rate_limited", Passes: true, IsOverload: false, "The limit of the key's account is reached.", "Wait, or raise the limit with whoever runs the server."),
        529 => OfKind("overloaded_error", said),
        >= 500 => new("model_server_error", Passes: true, IsOverload: true, $"The model's server failed ({status}).", "Try again later."),
        _ => Lasting("model_call_failed", $"The server answered with status {status}. {said}", "Check the address in the settings."),
    };

    private static ModelFailure OfKind(string kind, string said) => kind switch
    {
        "overloaded_error" => new("overloaded", Passes: true, IsOverload: true, "The model is overloaded.", "Try again later, or name fallback models in the settings."),
        "rate_limit_error" => OfStatus(429, said, "", new AnthropicOptions()),
        "invalid_request_error" when IsOverflow(said) => Lasting(IContextSummarizer.ContextOverflow, $"The conversation is longer than the model can take. {said}", "Begin a new conversation."),
        "invalid_request_error" => Lasting("request_refused", $"The server refused the call: {said}", "Another model may take it."),
        _ => new("model_server_error", Passes: true, IsOverload: true, $"The model's server failed. {said}", "Try again later."),
    };

    private static string KindOf(AnthropicSseException exception)
    {
        try
        {
            return exception.Body.ValueKind is JsonValueKind.Object && exception.Body.TryGetProperty("error", out var error) && error.TryGetProperty("type", out var type)
                ? type.GetString() ?? ""
                : exception.Message.Contains("overloaded", StringComparison.OrdinalIgnoreCase) ? "overloaded_error" : "";
        }
        catch (Exception inner) when (inner is AnthropicException or InvalidOperationException or KeyNotFoundException)
        {
            return exception.Message.Contains("overloaded", StringComparison.OrdinalIgnoreCase) ? "overloaded_error" : "";
        }
    }

    private static bool IsOverflow(string said) =>
        said.Contains("prompt is too long", StringComparison.OrdinalIgnoreCase) || said.Contains("context limit", StringComparison.OrdinalIgnoreCase)
        || said.Contains("context window", StringComparison.OrdinalIgnoreCase);

    // A connection that was there and is gone is another matter than one that cannot be made.
    private static bool IsUnreachable(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SocketException socket)
            {
                return socket.SocketErrorCode is not (SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown);
            }

            if (exception is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError })
            {
                return true;
            }
        }

        return false;
    }

    // The server's words are a stranger's: one line, and no more than a person reads.
    private static string Said(string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return "";
        }

        try
        {
            using var parsed = JsonDocument.Parse(body);
            return parsed.RootElement.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object && error.TryGetProperty("message", out var message) && message.ValueKind is JsonValueKind.String
                ? ToolText.Line(message.GetString() ?? "", MaxSaid)
                : "";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    private static ModelFailure Lasting(string code, string text, string advice) => new(code, Passes: false, IsOverload: false, text.TrimEnd(), advice);

    private static ModelFailure Passing(string code, string text, string advice) => new(code, Passes: true, IsOverload: false, text, advice);
}
