using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autocoder.Core.Specs;

internal sealed class SpecOriginJsonConverter : JsonConverter<SpecOrigin>
{
    public override bool HandleNull => true;

    public override SpecOrigin Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Null
            ? SpecOrigin.Parse(reader.GetString())
            : throw new JsonException("an origin is a text such as \"assumed\" or \"answer:overview.name\"");

    public override void Write(Utf8JsonWriter writer, SpecOrigin value, JsonSerializerOptions options) =>
        writer.WriteStringValue((value ?? SpecOrigin.File).ToString());
}
