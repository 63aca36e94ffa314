using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Autocoder.Core.Features;

namespace Autocoder.Core.Tools.Backlog;

/// <summary>Features as models read them. <c>id</c> is the number in the project; null values are left out.</summary>
internal static class FeatureJson
{
    // Below the limit of a tool's output, so that a list is never cut in the middle of its JSON.
    private const int MaxBytes = 56 * 1024;

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Read by models and shown as text, never put into a page as HTML: ü should stay ü.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(object value) => JsonSerializer.Serialize(value, Form);

    /// <summary>Writes a list, and says <c>"truncated": true</c> when not all of it fits.</summary>
    /// <param name="head">What comes before the list.</param>
    public static string WriteList(object head, string name, IEnumerable<object> items)
    {
        var list = new JsonArray();
        var bytes = 0;
        var truncated = false;
        foreach (var item in items)
        {
            var node = JsonSerializer.SerializeToNode(item, Form);
            bytes += Encoding.UTF8.GetByteCount(node!.ToJsonString(Form)) + 1;
            if (bytes > MaxBytes)
            {
                truncated = true;
                break;
            }

            list.Add(node);
        }

        var whole = JsonSerializer.SerializeToNode(head, Form)!.AsObject();
        if (truncated)
        {
            whole["truncated"] = true;
        }

        whole[name] = list;
        return whole.ToJsonString(Form);
    }

    public static object Whole(Feature feature) => new
    {
        Id = feature.Number,
        feature.Priority,
        feature.Category,
        feature.Name,
        feature.Description,
        feature.Steps,
        feature.DependsOn,
        feature.Passes,
        feature.InProgress,
        feature.Evidence,
        feature.LastCheckedAt,
    };

    public static object Summary(Feature feature) => new
    {
        Id = feature.Number,
        feature.Priority,
        feature.Category,
        feature.Name,
        feature.DependsOn,
        feature.Passes,
        feature.InProgress,
    };

    public static object Summary(ReadyFeature ready) => new
    {
        Id = ready.Feature.Number,
        ready.Feature.Priority,
        ready.Feature.Category,
        ready.Feature.Name,
        ready.Score,
    };

    public static object Summary(BlockedFeature blocked) => new
    {
        Id = blocked.Feature.Number,
        blocked.Feature.Priority,
        blocked.Feature.Category,
        blocked.Feature.Name,
        blocked.BlockedBy,
    };

    /// <summary>What a changing tool returns.</summary>
    public static string Changed(Feature feature) => Write(new { Feature = Summary(feature) });
}
