using System.Text.Json.Serialization;

namespace Autocoder.Core.Specs;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(SpecDocument))]
[JsonSerializable(typeof(SpecStatus))]
internal sealed partial class SpecJsonContext : JsonSerializerContext;
