using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Autocoder.Tests.TestSupport.ScriptedAnthropic;

/// <summary>A content block, ready to be sent whole or in pieces.</summary>
internal sealed record ScriptedBlock(JsonObject Start, IReadOnlyList<JsonObject> Deltas, JsonObject Whole)
{
    private const int TextPiece = 16;
    private const int JsonPiece = 24;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ScriptedBlock Of(JsonNode block, IReadOnlyDictionary<string, string> values) => (string?)block["type"] switch
    {
        "text" => Text(PiecesOf(block, values)),
        "thinking" => Thinking(PiecesOf(block, values), (string?)block["signature"] ?? "ZmFrZS1zaWduYXR1cmU="),
        "tool_use" => ToolUse(block, values),
        _ => new ScriptedBlock(block.DeepClone().AsObject(), [], block.DeepClone().AsObject()),
    };

    /// <summary>Replaces <c>{{name}}</c>; unknown names stay.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Regex.Replace(text, @"\{\{(\w+)\}\}", match => values.GetValueOrDefault(match.Groups[1].Value, match.Value), RegexOptions.None, TimeSpan.FromSeconds(5));

    private static ScriptedBlock Text(List<string> pieces) => new(
        new JsonObject { ["type"] = "text", ["text"] = "" },
        [.. pieces.Select(piece => new JsonObject { ["type"] = "text_delta", ["text"] = piece })],
        new JsonObject { ["type"] = "text", ["text"] = string.Concat(pieces) });

    private static ScriptedBlock Thinking(List<string> pieces, string signature) => new(
        new JsonObject { ["type"] = "thinking", ["thinking"] = "", ["signature"] = "" },
        [
            .. pieces.Select(piece => new JsonObject { ["type"] = "thinking_delta", ["thinking"] = piece }),
            new JsonObject { ["type"] = "signature_delta", ["signature"] = signature },
        ],
        new JsonObject { ["type"] = "thinking", ["thinking"] = string.Concat(pieces), ["signature"] = signature });

    private static ScriptedBlock ToolUse(JsonNode block, IReadOnlyDictionary<string, string> values)
    {
        var id = (string?)block["id"] ?? $"toolu_{Guid.NewGuid():N}"[..30];
        var input = FillAll(block["input"] ?? new JsonObject(), values);
        var json = (string?)block["rawInput"] ?? input.ToJsonString(Plain);
        return new ScriptedBlock(
            new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = (string?)block["name"], ["input"] = new JsonObject() },
            [.. Cut(json, (int?)block["chunkSize"] ?? JsonPiece).Select(piece => new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = piece })],
            new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = (string?)block["name"], ["input"] = input });
    }

    private static JsonNode FillAll(JsonNode node, IReadOnlyDictionary<string, string> values) => node switch
    {
        JsonObject parts => new JsonObject(parts.Select(part => KeyValuePair.Create(part.Key, part.Value is null ? null : (JsonNode?)FillAll(part.Value, values)))),
        JsonArray parts => new JsonArray([.. parts.Select(part => part is null ? null : FillAll(part, values))]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Fill(text, values)),
        _ => node.DeepClone(),
    };

    private static List<string> PiecesOf(JsonNode block, IReadOnlyDictionary<string, string> values)
    {
        if (block["repeat"] is { } repeat)
        {
            return [.. Enumerable.Range(0, (int)repeat["count"]!).Select(number => ((string)repeat["text"]!).Replace("{{i}}", $"{number}", StringComparison.Ordinal))];
        }

        if (block["chunks"] is JsonArray chunks)
        {
            return [.. chunks.Select(chunk => Fill((string)chunk!, values))];
        }

        var text = Fill((string?)block["text"] ?? "", values);
        var count = block["chunks"] is JsonValue value ? (int)value : 0;
        return [.. Cut(text, count > 0 ? Math.Max(1, (text.Length + count - 1) / count) : (int?)block["chunkSize"] ?? TextPiece)];
    }

    // Never inside a surrogate pair.
    private static IEnumerable<string> Cut(string text, int size)
    {
        var piece = new StringBuilder();
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            piece.Append(rune.ToString());
            if (++length == size)
            {
                yield return piece.ToString();
                piece.Clear();
                length = 0;
            }
        }

        if (piece.Length > 0 || text.Length == 0)
        {
            yield return piece.ToString();
        }
    }
}
