using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autocoder.Core.Profiles;

/// <summary>The source-generated JSON of profile files. Comments and trailing commas are a person's; a misspelt property is a mistake.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ProfileDocument))]
internal sealed partial class ProfileJsonContext : JsonSerializerContext;
