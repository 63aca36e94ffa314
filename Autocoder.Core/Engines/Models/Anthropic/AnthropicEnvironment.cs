using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>Fills what no setting says from the environment variables that other tools for this API read too.</summary>
internal sealed class AnthropicEnvironment(IConfiguration configuration) : IPostConfigureOptions<AnthropicOptions>
{
    /// <summary>What is said where the variable holds no address. Its value stays unsaid: it may have a key in it.</summary>
    public const string Malformed = "The environment variable ANTHROPIC_BASE_URL does not hold the address of a server, so no model can be asked.";

    /// <summary>What to do about it.</summary>
    public const string Advice = "Write it as https://host or http://127.0.0.1:8080, without a key in it, or set another address in the settings.";

    public void PostConfigure(string? name, AnthropicOptions options)
    {
        var isSet = options.BaseUrl.Trim().Length > 0;
        options.BaseUrl = Or(options.BaseUrl, "ANTHROPIC_BASE_URL");
        options.AddressProblem = isSet || options.BaseUrl.Length == 0 || AnthropicOptions.IsAddress(options.BaseUrl) ? null : Malformed;
        options.Model = Or(options.Model, "ANTHROPIC_MODEL");

        // Exactly one of the two goes out: a setting of either kind keeps both variables out.
        if (options.ApiKey.Length == 0 && options.AuthToken.Length == 0)
        {
            options.ApiKey = Or("", "ANTHROPIC_API_KEY");
            options.AuthToken = options.ApiKey.Length == 0 ? Or("", "ANTHROPIC_AUTH_TOKEN") : "";
        }

        foreach (var line in (configuration["ANTHROPIC_CUSTOM_HEADERS"] ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Split(':', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } header, var value])
            {
                options.Headers.TryAdd(header, value);
            }
        }
    }

    private string Or(string setting, string variable) => setting.Trim() is { Length: > 0 } set ? set : configuration[variable]?.Trim() ?? "";
}
