using Autocoder.Core.Engines.ClaudeCode;
using Autocoder.Core.Engines.Models.Anthropic;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Settings;

/// <summary>Gives the engines the keys that were saved on a page, where neither a setting nor the environment gives one.</summary>
internal sealed class StoredSecrets(SettingsStore store) : IPostConfigureOptions<AnthropicOptions>, IPostConfigureOptions<ClaudeCodeOptions>
{
    public void PostConfigure(string? name, AnthropicOptions options)
    {
        if (options.ApiKey.Length == 0 && options.AuthToken.Length == 0)
        {
            options.ApiKey = store.ReadSecret(SettingNames.AnthropicApiKey) ?? "";
        }
    }

    public void PostConfigure(string? name, ClaudeCodeOptions options)
    {
        if (options.ApiKey.Length == 0 && !SettingsStore.Variables.Any(variable => Environment.GetEnvironmentVariable(variable) is { Length: > 0 }))
        {
            options.ApiKey = store.ReadSecret(SettingNames.ClaudeCodeApiKey) ?? "";
        }
    }
}
