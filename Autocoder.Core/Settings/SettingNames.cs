namespace Autocoder.Core.Settings;

/// <summary>The settings a person can change on a page. No other is written, whoever asks.</summary>
public static class SettingNames
{
    /// <summary>The engine of conversations that name none.</summary>
    public const string DefaultEngine = "Autocoder:Engine:Default";

    /// <summary>The engine of each surface.</summary>
    public const string SpecEngine = "Autocoder:Engine:Spec";

    /// <inheritdoc cref="SpecEngine"/>
    public const string AssistantEngine = "Autocoder:Engine:Assistant";

    /// <inheritdoc cref="SpecEngine"/>
    public const string AgentEngine = "Autocoder:Engine:Agent";

    /// <summary>Where the Messages API is.</summary>
    public const string AnthropicBaseUrl = "Autocoder:Anthropic:BaseUrl";

    /// <summary>The model of the Messages API.</summary>
    public const string AnthropicModel = "Autocoder:Anthropic:Model";

    /// <summary>The key of the Messages API.</summary>
    public const string AnthropicApiKey = "Autocoder:Anthropic:ApiKey";

    /// <summary>Where the Claude Code program is.</summary>
    public const string ClaudeCodePath = "Autocoder:ClaudeCode:Path";

    /// <summary>The model of Claude Code.</summary>
    public const string ClaudeCodeModel = "Autocoder:ClaudeCode:Model";

    /// <summary>Where Claude Code reaches its model.</summary>
    public const string ClaudeCodeBaseUrl = "Autocoder:ClaudeCode:BaseUrl";

    /// <summary>The key Claude Code uses.</summary>
    public const string ClaudeCodeApiKey = "Autocoder:ClaudeCode:ApiKey";

    /// <summary>The keys a person gave to commands, as JSON.</summary>
    public const string Shortcuts = "Autocoder:Keyboard:Shortcuts";

    /// <summary><c>off</c> when keys that would type something run no command.</summary>
    public const string PlainKeys = "Autocoder:Keyboard:PlainKeys";

    /// <summary>Whether agents may fetch pages from the web.</summary>
    public const string WebFetchEnabled = "Autocoder:WebFetch:Enabled";

    /// <summary>The only hosts they may fetch from.</summary>
    public const string WebFetchHosts = "Autocoder:WebFetch:Hosts";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        DefaultEngine, SpecEngine, AssistantEngine, AgentEngine, AnthropicBaseUrl, AnthropicModel, AnthropicApiKey,
        ClaudeCodePath, ClaudeCodeModel, ClaudeCodeBaseUrl, ClaudeCodeApiKey, Shortcuts, PlainKeys,
        WebFetchEnabled, WebFetchHosts,
    ];

    /// <summary>Those that are kept encrypted and never shown.</summary>
    public static IReadOnlyList<string> Secret { get; } = [AnthropicApiKey, ClaudeCodeApiKey];
}
