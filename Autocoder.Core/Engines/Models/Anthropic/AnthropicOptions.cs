using System.ComponentModel.DataAnnotations;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>How the Messages API is reached. Bound to <see cref="SectionName"/>; what is not set there comes from the usual environment variables.</summary>
public sealed class AnthropicOptions
{
    public const string SectionName = "Autocoder:Anthropic";

    /// <summary>Anthropic's own API.</summary>
    public const string OwnAddress = "https://api.anthropic.com";

    /// <summary>The address without <c>/v1</c>. Also <c>ANTHROPIC_BASE_URL</c>; without either, <see cref="OwnAddress"/>.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Sent as <c>x-api-key</c>. Also <c>ANTHROPIC_API_KEY</c>. A local server may need none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Sent as a bearer token when there is no key. Also <c>ANTHROPIC_AUTH_TOKEN</c>.</summary>
    public string AuthToken { get; set; } = "";

    /// <summary>The model of conversations that name none. Also <c>ANTHROPIC_MODEL</c>.</summary>
    public string Model { get; set; } = "";

    /// <summary>Models to turn to, in this order, when the one before stays overloaded.</summary>
    public IList<string> FallbackModels { get; set; } = [];

    /// <summary>Headers that are sent with each request, by name. Also <c>ANTHROPIC_CUSTOM_HEADERS</c>, a line each.</summary>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The most tokens of one answer, thoughts included.</summary>
    [Range(256, 1_000_000)]
    public int MaxOutputTokens { get; set; } = 16_000;

    /// <summary>How many tokens one call may hold, input and output together.</summary>
    [Range(4_096, 10_000_000)]
    public int ContextWindow { get; set; } = 200_000;

    /// <summary>Whether the model is asked to think; not every model and server knows the word.</summary>
    public bool Thinking { get; set; }

    /// <summary>How often a call that failed in a way that passes is tried again with the same model.</summary>
    [Range(0, 20)]
    public int MaxRetries { get; set; } = 5;

    /// <summary>The pause before the first repeat; each next one is twice as long, and each is varied a little.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause. A server that asks for a longer one is not waited for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the server may say nothing, before its answer and in the middle of it, until the call is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a model that stayed overloaded is not asked, when there is another.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RestTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>US dollars for a million tokens, by the beginning of a model's id; the longest that fits counts. Added to the built-in list.</summary>
    public IDictionary<string, ModelPrice> Prices { get; set; } = new Dictionary<string, ModelPrice>(StringComparer.Ordinal);

    /// <summary>What is wrong with the address that the environment gives; null when nothing is. No call is made then.</summary>
    internal string? AddressProblem { get; set; }

    /// <summary>Whether calls can be made to an address.</summary>
    internal static bool IsAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var parsed) && parsed.Scheme is ("http" or "https") && parsed.UserInfo.Length == 0 && parsed.Query.Length == 0;

    /// <summary>The model where neither a conversation nor a setting names one.</summary>
    internal const string UsualModel = "claude-sonnet-5";

    internal bool IsOwnAddress => BaseUrl.TrimEnd('/') is "" or OwnAddress;

    internal string Address => BaseUrl.Length == 0 ? OwnAddress : BaseUrl.TrimEnd('/');

    internal string ModelOf(string? variant) => variant ?? (Model.Length == 0 ? UsualModel : Model);
}
