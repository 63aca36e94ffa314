using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>Fills what no setting says from the environment variables that other tools for this API read too.</summary>
internal sealed class AnthropicEnvironment(IConfiguration configuration) : IPostConfigureOptions<AnthropicOptions>
{
    public void PostConfigure(string? name, AnthropicOptions options)
    {
        options.BaseUrl = Or(options.BaseUrl, "ANTHROPIC_BASE_URL");
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
