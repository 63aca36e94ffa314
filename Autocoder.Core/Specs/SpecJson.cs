using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Autocoder.Core.Specs;

/// <summary>The stored form of a <see cref="SpecDocument"/>: equal documents give equal text.</summary>
public static class SpecJson
{
    private static readonly SpecJsonContext Context = new(new JsonSerializerOptions(SpecJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    /// <summary>Writes one line of JSON with <c>snake_case</c> names.</summary>
    public static string Write(SpecDocument document) => JsonSerializer.Serialize(document, Context.SpecDocument);

    /// <summary>The same as an element, for the arguments of a tool call.</summary>
    public static JsonElement ToElement(SpecDocument document) => JsonSerializer.SerializeToElement(document, Context.SpecDocument);

    /// <summary>Reads a stored document.</summary>
    /// <exception cref="SpecFormatException">It is none; the message says what is wrong and where.</exception>
    public static SpecDocument Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > SpecLimits.DocumentLength)
        {
            throw TooLong();
        }

        try
        {
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            return Read(parsed.RootElement);
        }
        catch (JsonException exception)
        {
            throw new SpecFormatException($"The specification is not valid JSON: {exception.Message}", exception);
        }
    }

    /// <inheritdoc cref="Read(string)"/>
    public static SpecDocument Read(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            throw new SpecFormatException("The specification must be a JSON object.");
        }

        RefuseHoles(element, "document");
        try
        {
            var document = element.Deserialize(Context.SpecDocument)!;
            SpecShape.Check(document);
            return document;
        }
        catch (JsonException exception)
        {
            throw new SpecFormatException(
                $"The specification does not fit at {exception.Path ?? "its start"}: {exception.Message}", exception);
        }
    }

    internal static string WriteStatus(SpecStatus status) => JsonSerializer.Serialize(status, Context.SpecStatus);

    private static SpecFormatException TooLong() =>
        new($"The specification is longer than {SpecLimits.DocumentLength:N0} characters. Nothing was taken from it.");

    // The serializer accepts null inside lists and for texts, whatever the types say.
    private static void RefuseHoles(JsonElement element, string place)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                throw new SpecFormatException($"The specification has no value at {place}.");
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    RefuseHoles(property.Value, place + "." + property.Name);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    RefuseHoles(item, $"{place}[{index++}]");
                }

                break;
        }
    }
}
