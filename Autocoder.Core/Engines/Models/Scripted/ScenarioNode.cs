using System.Text.Json;

namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>A value of a scenario file together with where it is, so that every complaint can name the place.</summary>
internal sealed class ScenarioNode(string fileName, string place, JsonElement value)
{
    /// <summary>What a call without arguments is given.</summary>
    public static JsonElement EmptyObject { get; } = JsonSerializer.SerializeToElement(new { });

    public EngineException Wrong(string expected, string? found = null) =>
        ScenarioParser.Invalid(fileName, place, expected, found ?? Kind());

    /// <summary>Refuses fields that do not exist, because a misspelt one would silently do nothing.</summary>
    public void OnlyFields(params string[] known)
    {
        if (Fields().FirstOrDefault(field => !known.Contains(field.Name)) is { Name: not null } unknown)
        {
            throw Wrong($"only the fields {string.Join(", ", known)}", $"'{unknown.Name}'");
        }
    }

    public ScenarioNode Required(string name) => Optional(name) ?? throw Wrong($"a field '{name}'", "none");

    /// <summary>Null also for a field whose value is null.</summary>
    public ScenarioNode? Optional(string name) =>
        value.TryGetProperty(name, out var field) && field.ValueKind is not JsonValueKind.Null
            ? new ScenarioNode(fileName, Below(name), field)
            : null;

    public IEnumerable<(string Name, ScenarioNode Node)> Fields() =>
        value.ValueKind is JsonValueKind.Object
            ? value.EnumerateObject().Select(field => (field.Name, new ScenarioNode(fileName, Below(field.Name), field.Value)))
            : throw Wrong("an object");

    public IEnumerable<ScenarioNode> Items() =>
        value.ValueKind is JsonValueKind.Array
            ? value.EnumerateArray().Select((item, index) => new ScenarioNode(fileName, $"{place}[{index}]", item))
            : throw Wrong("a list");

    public bool IsList => value.ValueKind is JsonValueKind.Array;

    public bool IsText => value.ValueKind is JsonValueKind.String;

    public string Text() => value.ValueKind is JsonValueKind.String ? value.GetString()! : throw Wrong("a text");

    /// <summary>A short text without line breaks.</summary>
    public string Name()
    {
        var name = Text();
        return name.Length is > 0 and <= 100 && !name.Any(char.IsControl) ? name : throw Wrong("1 to 100 characters on one line");
    }

    public string OneOf(string[] known) =>
        Text() is var text && known.Contains(text) ? text : throw Wrong($"one of {string.Join(", ", known)}", $"'{text}'");

    public int Number(int least, int most) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong($"a whole number from {least:N0} to {most:N0}");

    /// <summary>A copy that outlives the file's document.</summary>
    public JsonElement Object() => value.ValueKind is JsonValueKind.Object ? value.Clone() : throw Wrong("an object");

    private string Below(string name) => place == "the top of the file" ? name : $"{place}.{name}";

    private string Kind() => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => value.GetString() is { Length: <= 40 } text ? $"the text '{text}'" : "a long text",
        JsonValueKind.Number => $"the number {value.GetRawText()}",
        JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => "nothing",
    };
}
