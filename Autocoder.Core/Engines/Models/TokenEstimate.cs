using System.Runtime.InteropServices;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.Models;

/// <summary>How many tokens something takes, roughly: a quarter of its characters, and a fixed amount for a picture.</summary>
/// <remarks>Only for what no model has counted yet. Where a model has reported usage, that is the better number.</remarks>
public static class TokenEstimate
{
    /// <summary>What a picture is taken for, whatever its size.</summary>
    public const int Image = 1_600;

    private const int PerMessage = 4;
    private const int CharactersPerToken = 4;

    /// <summary>Of a text.</summary>
    public static long Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return OfLength(text.Length);
    }

    /// <summary>Of so many characters.</summary>
    public static long OfLength(long characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;

    /// <summary>How many characters are about so many tokens.</summary>
    public static long ToCharacters(long tokens) => tokens * CharactersPerToken;

    /// <summary>Of one part of a message.</summary>
    public static long Of(ModelPart part) => part switch
    {
        ModelPart.Text text => Of(text.Value),
        ModelPart.Note note => Of(note.Value),
        ModelPart.Reasoning reasoning => Of(reasoning.Value),
        ModelPart.File file => Of(file.Attachment),
        ModelPart.ToolCall call => OfLength(call.CallId.Length + call.Tool.Length + LengthOf(call.Arguments)),
        ModelPart.ToolResult result => OfLength(result.CallId.Length + result.Output.Length) + (result.Picture is null ? 0 : Image),
        _ => throw new InvalidOperationException($"Unknown part {part?.GetType().Name}."),
    };

    /// <summary>Of messages.</summary>
    public static long Of(IEnumerable<ModelMessage> messages) =>
        messages.Sum(message => PerMessage + message.Parts.Sum(Of));

    /// <summary>Of the tools a call offers.</summary>
    public static long Of(IEnumerable<ToolDefinition> tools) =>
        tools.Sum(tool => OfLength(tool.Name.Length + tool.Description.Length + LengthOf(tool.InputSchema)));

    /// <summary>Of a whole call, without its answer.</summary>
    public static long Of(ModelRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Of(request.Instructions) + Of(request.Tools) + Of(request.Messages);
    }

    private static long Of(Attachment attachment) => attachment.IsImage ? Image : OfLength(attachment.Length);

    private static int LengthOf(JsonElement json) =>
        json.ValueKind is JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(json).Length;
}
