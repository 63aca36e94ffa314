using System.Text.Encodings.Web;
using System.Text.Json;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>Reads what the program writes, whatever shape it has, and writes its lines. Never throws for a shape.</summary>
internal static class CliJson
{
    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line of UTF-8 with its line feed.</summary>
    public static ReadOnlyMemory<byte> ToLine(object value) => (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(value, Form), (byte)'\n'];

    /// <summary>A member; an undefined element when it is not there.</summary>
    public static JsonElement At(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The text of a member; null when it is none.</summary>
    public static string? Text(this JsonElement element, string name) => element.At(name).AsText();

    /// <summary>The text; null when it is none.</summary>
    public static string? AsText(this JsonElement element)
    {
        try
        {
            return element.ValueKind is JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half a surrogate pair is valid JSON and no text.
        }
    }

    /// <summary>A whole number; null when it is none.</summary>
    public static long? Number(this JsonElement element, string name) =>
        element.At(name) is { ValueKind: JsonValueKind.Number } number ? (number.TryGetInt64(out var value) ? value : (long)number.GetDouble()) : null;

    /// <summary>Whether a member is true.</summary>
    public static bool Flag(this JsonElement element, string name) => element.At(name).ValueKind is JsonValueKind.True;

    /// <summary>The entries of a member that is a list; none when it is no list.</summary>
    public static IReadOnlyList<JsonElement> List(this JsonElement element, string name) =>
        element.At(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    /// <summary>The texts of a content that is a text or a list of blocks.</summary>
    public static string ContentText(this JsonElement content) => content.ValueKind is JsonValueKind.Array
        ? string.Join('\n', content.EnumerateArray().Select(block => block.Text("text") ?? $"[{block.Text("type")}]"))
        : content.AsText() ?? "";
}
