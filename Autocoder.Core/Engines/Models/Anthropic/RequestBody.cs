using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Autocoder.Core.Attachments;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>Writes the body of a call: https://platform.claude.com/docs/en/api/messages.</summary>
/// <remarks>
/// What a later call of the same conversation shares with this one comes out as the same bytes, in front, with marks up to which
/// the server may cache it: after the tools, after the instructions, and after the last two messages of the person's side. What
/// changes from call to call, such as how many steps are left, stands behind the last mark.
/// </remarks>
internal sealed class RequestBody(BlobStore blobs, AnthropicOptions options)
{
    /// <summary>Begins what is kept of a thought that the server has encrypted.</summary>
    public const string Redacted = "redacted:";

    private const int MarkedMessages = 2;

    /// <summary>The body, without what the SDK adds to stream.</summary>
    public async Task<Dictionary<string, JsonElement>> WriteAsync(ModelRequest request, string model, CancellationToken cancellationToken)
    {
        var messages = new JsonArray();
        foreach (var message in request.Messages)
        {
            if (await BlocksOfAsync(message, cancellationToken).ConfigureAwait(false) is { Count: > 0 } blocks)
            {
                messages.Add(new JsonObject { ["role"] = message.Role is ModelRole.User ? "user" : "assistant", ["content"] = blocks });
            }
        }

        var body = new JsonObject { ["model"] = model, ["max_tokens"] = options.MaxOutputTokens };
        if (options.Thinking)
        {
            body["thinking"] = new JsonObject { ["type"] = "adaptive" };
        }

        if (request.Tools.Count > 0)
        {
            body["tools"] = ToolsOf(request);
        }

        var stable = request.Instructions.StartsWith(request.Profile.Instructions, StringComparison.Ordinal) ? request.Profile.Instructions : request.Instructions;
        var changing = request.Instructions[stable.Length..].Trim();
        if (!string.IsNullOrWhiteSpace(stable))
        {
            body["system"] = new JsonArray(Marked(Text(stable)));
        }

        MarkMessages(messages);
        if (changing.Length > 0)
        {
            AddNote(messages, changing);
        }

        body["messages"] = messages;
        return body.ToDictionary(part => part.Key, part => JsonSerializer.SerializeToElement(part.Value));
    }

    private async Task<JsonArray> BlocksOfAsync(ModelMessage message, CancellationToken cancellationToken)
    {
        var blocks = new JsonArray();
        foreach (var part in message.Parts)
        {
            if (await BlockOfAsync(part, cancellationToken).ConfigureAwait(false) is { } block)
            {
                blocks.Add(block);
            }
        }

        return blocks;
    }

    private async Task<JsonObject?> BlockOfAsync(ModelPart part, CancellationToken cancellationToken) => part switch
    {
        // A text without a visible character is refused by the API.
        ModelPart.Text text => string.IsNullOrWhiteSpace(text.Value) ? null : Text(text.Value),
        ModelPart.Note note => string.IsNullOrWhiteSpace(note.Value) ? null : Text(note.Value),
        ModelPart.Reasoning thought => Thought(thought),
        ModelPart.File file => await FileAsync(file.Attachment, cancellationToken).ConfigureAwait(false),
        ModelPart.ToolCall call => new JsonObject
        {
            ["type"] = "tool_use",
            ["id"] = call.CallId,
            ["name"] = call.Tool,
            ["input"] = call.Arguments.ValueKind is JsonValueKind.Object ? JsonNode.Parse(call.Arguments.GetRawText()) : new JsonObject(),
        },
        ModelPart.ToolResult result => await ResultAsync(result, cancellationToken).ConfigureAwait(false),
        _ => throw new InvalidOperationException($"Unknown part {part.GetType().Name}."),
    };

    private JsonObject? Thought(ModelPart.Reasoning thought) => thought.Signature switch
    {
        // Without its signature a thought cannot be given back, and a model that does not think must not be given one.
        null => null,
        _ when !options.Thinking => null,
        var signature when signature.StartsWith(Redacted, StringComparison.Ordinal) =>
            new JsonObject { ["type"] = "redacted_thinking", ["data"] = signature[Redacted.Length..] },
        var signature => new JsonObject { ["type"] = "thinking", ["thinking"] = thought.Value, ["signature"] = signature },
    };

    private async Task<JsonObject> ResultAsync(ModelPart.ToolResult result, CancellationToken cancellationToken)
    {
        var block = new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = result.CallId, ["content"] = result.Output };
        if (result.Picture is { } picture)
        {
            block["content"] = new JsonArray(Text(result.Output), await FileAsync(picture, cancellationToken).ConfigureAwait(false));
        }

        if (!result.Succeeded)
        {
            block["is_error"] = true;
        }

        return block;
    }

    private async Task<JsonObject> FileAsync(Attachment file, CancellationToken cancellationToken)
    {
        try
        {
            var content = await blobs.ReadAsync(file.BlobHash, cancellationToken).ConfigureAwait(false);
            return file.IsImage
                ? new JsonObject
                {
                    ["type"] = "image",
                    ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = file.MediaType, ["data"] = Convert.ToBase64String(content) },
                }
                : new JsonObject
                {
                    ["type"] = "document",
                    ["title"] = file.Name,
                    ["source"] = new JsonObject { ["type"] = "text", ["media_type"] = "text/plain", ["data"] = Encoding.UTF8.GetString(content) },
                };
        }
        catch (FileNotFoundException)
        {
            return Text($"[The attached file {file.Name} is no longer kept.]");
        }
    }

    private static JsonArray ToolsOf(ModelRequest request)
    {
        var tools = new JsonArray([.. request.Tools.Select(tool => new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["input_schema"] = JsonNode.Parse(tool.InputSchema.GetRawText()),
        })]);
        Marked(tools[^1]!.AsObject());
        return tools;
    }

    private static void MarkMessages(JsonArray messages)
    {
        foreach (var message in messages.Where(message => (string?)message!["role"] == "user").TakeLast(MarkedMessages))
        {
            Marked(message!["content"]!.AsArray()[^1]!.AsObject());
        }
    }

    private static void AddNote(JsonArray messages, string note)
    {
        var block = Text($"[Autocoder, on this step]\n{note}");
        if (messages.Count > 0 && (string?)messages[^1]!["role"] == "user")
        {
            messages[^1]!["content"]!.AsArray().Add(block);
        }
        else
        {
            messages.Add(new JsonObject { ["role"] = "user", ["content"] = new JsonArray(block) });
        }
    }

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Marked(JsonObject block)
    {
        block["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
        return block;
    }
}
