using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Autocoder.Tests.TestSupport.ScriptedAnthropic;

/// <summary>Plays one turn as the reply to one request: whole, or as server-sent events that may fail on the way.</summary>
internal sealed class ReplyWriter(HttpContext context, ScenarioBook book, ScriptedRequest request)
{
    private int _sent;

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var facts = RequestFacts.Of(request.Body);
        var (key, turn) = book.Choose(facts);
        request.Turn = key;
        if (book.RequiredKey is { } required && request.Key != required)
        {
            await FailAsync(401, "authentication_error", "invalid x-api-key");
            return;
        }

        await PauseAsync(turn, "beforeHeadersMs", cancellationToken);
        var failure = book.NextFailure(key, turn);
        switch ((string?)failure?["kind"])
        {
            case "http":
                foreach (var (name, value) in failure!["headers"]?.AsObject() ?? [])
                {
                    context.Response.Headers[name] = (string?)value;
                }

                var status = (int)failure["status"]!;
                await FailAsync(status, (string?)failure["type"] ?? ErrorType(status), (string?)failure["message"] ?? ErrorType(status));
                return;
            case "reset":
                request.Outcome = "reset";
                context.Abort();
                return;
        }

        var values = new Dictionary<string, string>(book.Values) { ["lastUserText"] = facts.LastUserText, ["toolResult"] = facts.ToolResult, ["model"] = facts.Model };
        values.TryAdd("cwd", facts.WorkingDirectory ?? "");
        var blocks = (turn["blocks"]?.AsArray() ?? []).Select(block => ScriptedBlock.Of(block!, values)).ToList();
        var usage = Usage(turn);
        var stop = (string?)turn["stopReason"] ?? (blocks.Any(block => (string?)block.Whole["type"] == "tool_use") ? "tool_use" : "end_turn");
        var message = new JsonObject
        {
            ["id"] = $"msg_{Guid.NewGuid():N}",
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = (string?)turn["model"] ?? facts.Model,
            ["content"] = new JsonArray(),
            ["stop_reason"] = null,
            ["stop_sequence"] = null,
            ["usage"] = usage.DeepClone(),
        };
        if ((bool?)request.Body["stream"] is true)
        {
            await StreamAsync(turn, failure, message, blocks, stop, usage, cancellationToken);
        }
        else
        {
            message["content"] = new JsonArray([.. blocks.Select(block => block.Whole.DeepClone())]);
            message["stop_reason"] = stop;
            request.Outcome = "whole";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(message.ToJsonString(), cancellationToken);
        }
    }

    public static Task WriteErrorAsync(HttpContext context, int status, string type, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var body = new JsonObject { ["type"] = "error", ["error"] = new JsonObject { ["type"] = type, ["message"] = message }, ["request_id"] = "req_scripted" };
        return context.Response.WriteAsync(body.ToJsonString());
    }

    private async Task StreamAsync(
        JsonNode turn, JsonNode? failure, JsonObject message, List<ScriptedBlock> blocks, string stop, JsonObject usage, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        await SendAsync(new JsonObject { ["type"] = "message_start", ["message"] = message }, cancellationToken);
        await PauseAsync(turn, "beforeFirstDeltaMs", cancellationToken);
        for (var index = 0; index < blocks.Count; index++)
        {
            if (await IsOverAsync(failure, cancellationToken))
            {
                return;
            }

            await SendAsync(new JsonObject { ["type"] = "content_block_start", ["index"] = index, ["content_block"] = blocks[index].Start.DeepClone() }, cancellationToken);
            foreach (var delta in blocks[index].Deltas)
            {
                if (await IsOverAsync(failure, cancellationToken))
                {
                    return;
                }

                await SendAsync(new JsonObject { ["type"] = "content_block_delta", ["index"] = index, ["delta"] = delta.DeepClone() }, cancellationToken);
                _sent++;
                await PauseAsync(turn, "betweenDeltasMs", cancellationToken);
            }

            await SendAsync(new JsonObject { ["type"] = "content_block_stop", ["index"] = index }, cancellationToken);
        }

        if (!await IsOverAsync(failure, cancellationToken))
        {
            await SendAsync(
                new JsonObject { ["type"] = "message_delta", ["delta"] = new JsonObject { ["stop_reason"] = stop, ["stop_sequence"] = null }, ["usage"] = usage.DeepClone() },
                cancellationToken);
            await SendAsync(new JsonObject { ["type"] = "message_stop" }, cancellationToken);
            request.Outcome = $"streamed {_sent}";
        }
    }

    /// <summary>Plays the failure when its moment has come.</summary>
    private async Task<bool> IsOverAsync(JsonNode? failure, CancellationToken cancellationToken)
    {
        if (failure is null || _sent < ((int?)failure["afterDeltas"] ?? 0))
        {
            return false;
        }

        request.Outcome = $"{failure["kind"]} after {_sent}";
        switch ((string?)failure["kind"])
        {
            case "malformed":
                await context.Response.WriteAsync((string?)failure["raw"] ?? "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"te\n\n", cancellationToken);
                return true;
            case "sse-error":
                await SendAsync(
                    new JsonObject
                    {
                        ["type"] = "error",
                        ["error"] = new JsonObject { ["type"] = (string?)failure["type"] ?? "overloaded_error", ["message"] = (string?)failure["message"] ?? "Overloaded" },
                    },
                    cancellationToken);
                return true;
            case "stall":
                await Task.Delay((int?)failure["ms"] ?? Timeout.Infinite, cancellationToken);
                break;
        }

        context.Abort();
        return true;
    }

    private async Task SendAsync(JsonObject data, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync($"event: {data["type"]}\ndata: {data.ToJsonString()}\n\n", cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }

    private Task FailAsync(int status, string type, string message)
    {
        request.Outcome = $"http {status}";
        return WriteErrorAsync(context, status, type, message);
    }

    private static Task PauseAsync(JsonNode turn, string name, CancellationToken cancellationToken) =>
        (int?)turn[name] is { } milliseconds and > 0 ? Task.Delay(milliseconds, cancellationToken) : Task.CompletedTask;

    private static JsonObject Usage(JsonNode turn)
    {
        var usage = new JsonObject { ["input_tokens"] = 100, ["cache_creation_input_tokens"] = 0, ["cache_read_input_tokens"] = 0, ["output_tokens"] = 20 };
        foreach (var (name, value) in turn["usage"]?.AsObject() ?? [])
        {
            usage[name] = value?.DeepClone();
        }

        return usage;
    }

    private static string ErrorType(int status) => status switch
    {
        400 => "invalid_request_error",
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        529 => "overloaded_error",
        _ => "api_error",
    };
}
