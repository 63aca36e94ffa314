using System.Text.Json;

namespace Autocoder.Core.Tools;

/// <summary>Reads the arguments of a tool call. Never throws: what is absent or of another kind reads as absent.</summary>
/// <remarks>A tool executes only arguments that fit its schema; a title is made from any.</remarks>
public readonly struct ToolArguments(JsonElement json)
{
    /// <summary>A sentence that says what does not fit a schema of <see cref="ToolSchema"/>; null when all does.</summary>
    public static string? FindProblem(JsonElement schema, JsonElement arguments) => ArgumentCheck.FindProblem(schema, arguments);

    /// <summary>A text; empty when absent.</summary>
    public string Text(string name) => OptionalText(name) ?? "";

    /// <summary>A text; null when absent.</summary>
    public string? OptionalText(string name) => Find(name, JsonValueKind.String) is { } value ? TextOf(value) : null;

    /// <summary>A whole number; null when absent.</summary>
    public int? Number(string name) => Find(name, JsonValueKind.Number) is { } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>True only when it is there and true.</summary>
    public bool Flag(string name) => Find(name, JsonValueKind.True) is not null;

    /// <summary>True only when it is there and false.</summary>
    internal bool IsFalse(string name) => Find(name, JsonValueKind.False) is not null;

    /// <summary>A list of objects; empty when absent.</summary>
    public IReadOnlyList<ToolArguments> List(string name) =>
        [.. Items(name).Where(item => item.ValueKind is JsonValueKind.Object).Select(item => new ToolArguments(item))];

    /// <summary>A list of texts; empty when absent.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        [.. Items(name).Where(item => item.ValueKind is JsonValueKind.String).Select(TextOf).OfType<string>()];

    /// <summary>A list of whole numbers; empty when absent.</summary>
    public IReadOnlyList<int> Numbers(string name) =>
        [.. Items(name).Where(item => item.ValueKind is JsonValueKind.Number && item.TryGetInt32(out _)).Select(item => item.GetInt32())];

    /// <summary>Null for a text with half a surrogate pair, <c>"\ud800"</c>, which is valid JSON and no valid text.</summary>
    internal static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private JsonElement.ArrayEnumerator Items(string name) =>
        Find(name, JsonValueKind.Array) is { } value ? value.EnumerateArray() : default;

    private JsonElement? Find(string name, JsonValueKind kind) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
