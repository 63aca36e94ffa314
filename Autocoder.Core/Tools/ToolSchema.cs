using System.Text.Json;
using System.Text.Json.Nodes;

namespace Autocoder.Core.Tools;

/// <summary>Writes the JSON Schema of a tool's arguments: an object that takes the named properties and no others.</summary>
/// <remarks>Knows just the words that <see cref="ToolArguments"/> are checked for, so that what is promised is kept.</remarks>
public sealed class ToolSchema
{
    private readonly JsonObject _properties = [];
    private readonly JsonArray _required = [];

    /// <summary>A text.</summary>
    public ToolSchema Text(string name, string description, int maxLength, int minLength = 0, bool required = true)
    {
        var property = Property(name, "string", description, required);
        property["maxLength"] = maxLength;
        if (minLength > 0)
        {
            property["minLength"] = minLength;
        }

        return this;
    }

    /// <summary>One of a few words.</summary>
    public ToolSchema Choice(string name, string description, IEnumerable<string> words, bool required = true)
    {
        Property(name, "string", description, required)["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]);
        return this;
    }

    /// <summary>A whole number within a range.</summary>
    public ToolSchema Number(string name, string description, int minimum, int maximum, bool required = true)
    {
        var property = Property(name, "integer", description, required);
        property["minimum"] = minimum;
        property["maximum"] = maximum;
        return this;
    }

    /// <summary>True or false; false when absent.</summary>
    public ToolSchema Flag(string name, string description)
    {
        Property(name, "boolean", description, required: false);
        return this;
    }

    /// <summary>A list of objects.</summary>
    public ToolSchema List(string name, string description, ToolSchema items, int minItems, int maxItems, bool required = true)
    {
        ArgumentNullException.ThrowIfNull(items);
        return List(name, description, items.ToNode(), minItems, maxItems, required);
    }

    /// <summary>A list of texts.</summary>
    public ToolSchema Texts(string name, string description, int maxLength, int minItems, int maxItems, bool required = true) =>
        List(name, description, new JsonObject { ["type"] = "string", ["maxLength"] = maxLength }, minItems, maxItems, required);

    /// <summary>A list of whole numbers, none negative.</summary>
    public ToolSchema Numbers(string name, string description, int maxItems) =>
        List(name, description, new JsonObject { ["type"] = "integer", ["minimum"] = 0 }, 0, maxItems, required: false);

    /// <summary>The finished schema.</summary>
    public JsonElement Build() => JsonSerializer.SerializeToElement(ToNode());

    private ToolSchema List(string name, string description, JsonObject items, int minItems, int maxItems, bool required)
    {
        var property = Property(name, "array", description, required);
        property["items"] = items;
        property["minItems"] = minItems;
        property["maxItems"] = maxItems;
        return this;
    }

    private JsonObject Property(string name, string type, string description, bool required)
    {
        var property = new JsonObject { ["type"] = type, ["description"] = description };
        _properties.Add(name, property);
        if (required)
        {
            _required.Add(name);
        }

        return property;
    }

    private JsonObject ToNode() => new()
    {
        ["type"] = "object",
        ["properties"] = _properties.DeepClone(),
        ["required"] = _required.DeepClone(),
        ["additionalProperties"] = false,
    };
}
