using System.Text.Json;

namespace Autocoder.Core.Tools;

/// <summary>Compares arguments with the part of JSON Schema that <see cref="ToolSchema"/> writes.</summary>
internal static class ArgumentCheck
{
    private const int NameLength = 100;

    public static string? FindProblem(JsonElement schema, JsonElement arguments)
    {
        try
        {
            return arguments.ValueKind is JsonValueKind.Object
                ? Check(schema, arguments, "")
                : "The arguments must be a JSON object.";
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json says so for a property name with half a surrogate pair.
            return "The arguments hold a name that is not valid Unicode.";
        }
    }

    private static string? Check(JsonElement schema, JsonElement value, string path) => schema.GetProperty("type").GetString() switch
    {
        "object" => CheckObject(schema, value, path),
        "array" => CheckArray(schema, value, path),
        "string" => CheckText(schema, value, path),
        "integer" => CheckInteger(schema, value, path),
        _ => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Wrong(path, "true or false", value),
    };

    private static string? CheckObject(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return Wrong(path, "an object", value);
        }

        // A schema that names no properties leaves the inside of the object to its tool: a whole document, for example.
        if (!schema.TryGetProperty("properties", out var properties))
        {
            return null;
        }

        foreach (var required in schema.GetProperty("required").EnumerateArray())
        {
            var name = required.GetString()!;
            if (!value.TryGetProperty(name, out var given) || given.ValueKind is JsonValueKind.Null)
            {
                return $"The argument {Join(path, name)} is missing.";
            }
        }

        foreach (var given in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(given.Name, out var property))
            {
                var known = string.Join(", ", properties.EnumerateObject().Select(each => each.Name));
                return $"There is no argument {Join(path, ToolText.Line(given.Name, NameLength))}. Known are: {known}.";
            }

            // Null stands for absent; what may not be absent was found above.
            if (given.Value.ValueKind is not JsonValueKind.Null && Check(property, given.Value, Join(path, given.Name)) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? CheckArray(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind is not JsonValueKind.Array)
        {
            return Wrong(path, "a list", value);
        }

        var (least, most) = (schema.GetProperty("minItems").GetInt32(), schema.GetProperty("maxItems").GetInt32());
        var length = value.GetArrayLength();
        if (length < least || length > most)
        {
            return $"The argument {path} takes {least} to {most} entries, not {length}.";
        }

        return value.EnumerateArray()
            .Select((item, index) => Check(schema.GetProperty("items"), item, $"{path}[{index}]"))
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? CheckText(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            return Wrong(path, "a text", value);
        }

        if (ToolArguments.TextOf(value) is not { } text)
        {
            return $"The argument {path} is not valid Unicode.";
        }

        if (schema.TryGetProperty("maxLength", out var most) && text.Length > most.GetInt32())
        {
            return $"The argument {path} has {text.Length} characters; at most {most.GetInt32()} are allowed.";
        }

        if (schema.TryGetProperty("minLength", out var least) && text.Length < least.GetInt32())
        {
            return $"The argument {path} is too short.";
        }

        return !schema.TryGetProperty("enum", out var words) || words.EnumerateArray().Any(word => word.ValueEquals(text))
            ? null
            : $"The argument {path} is one of: {string.Join(", ", words.EnumerateArray().Select(word => word.GetString()))}.";
    }

    private static string? CheckInteger(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetInt32(out var number))
        {
            return Wrong(path, "a whole number", value);
        }

        var least = schema.TryGetProperty("minimum", out var minimum) ? minimum.GetInt32() : int.MinValue;
        var most = schema.TryGetProperty("maximum", out var maximum) ? maximum.GetInt32() : int.MaxValue;
        return number >= least && number <= most ? null : $"The argument {path} is from {least} to {most}, not {number}.";
    }

    private static string Wrong(string path, string wanted, JsonElement value) =>
        $"The argument {path} must be {wanted}, not {Name(value.ValueKind)}.";

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "this number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "nothing",
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
