using System.Text.Json.Nodes;

namespace Autocoder.Tests.TestSupport.ScriptedAnthropic;

/// <summary>What a client asked.</summary>
internal sealed class ScriptedRequest(string method, string path, IReadOnlyDictionary<string, string> headers, string text)
{
    public string Method { get; } = method;

    public string Path { get; } = path;

    public IReadOnlyDictionary<string, string> Headers { get; } = headers;

    /// <summary>The body to the letter.</summary>
    public string Text { get; } = text;

    /// <summary>The body as JSON; an empty object where it is none.</summary>
    public JsonNode Body { get; } = Parse(text);

    /// <summary>The API key, or the token.</summary>
    public string Key => Headers.GetValueOrDefault("x-api-key") ?? Headers.GetValueOrDefault("authorization")?.Replace("Bearer ", "", StringComparison.Ordinal) ?? "";

    /// <summary>Which turn was played; null before one was chosen.</summary>
    public string? Turn { get; set; }

    /// <summary>How it ended; null while it is under way.</summary>
    public string? Outcome { get; set; }

    private static JsonNode Parse(string text)
    {
        try
        {
            return (text.Length == 0 ? null : JsonNode.Parse(text)) ?? new JsonObject();
        }
        catch (System.Text.Json.JsonException)
        {
            return new JsonObject();
        }
    }
}
