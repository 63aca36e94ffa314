using Autocoder.Core.Conversations;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines;

/// <summary>The engines that are installed, by name.</summary>
public sealed class EngineCatalog
{
    private readonly Dictionary<string, IAgentEngine> _engines;
    private readonly IOptionsMonitor<EngineOptions> _options;

    public EngineCatalog(IEnumerable<IAgentEngine> engines, IOptionsMonitor<EngineOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _engines = engines.ToDictionary(engine => engine.Description.Id, StringComparer.Ordinal);
        _options = options;
    }

    /// <summary>What people can choose from, the default first.</summary>
    public IReadOnlyList<EngineDescription> Descriptions =>
        [.. _engines.Values
            .Select(engine => engine.Description)
            .OrderByDescending(description => description.Id == Split(Settings().Default).Id)
            .ThenBy(description => description.Id, StringComparer.Ordinal)];

    /// <summary>The engine of runs that name none.</summary>
    /// <exception cref="EngineException">The configured one does not exist.</exception>
    public EngineChoice Default => Resolve(Settings().Default);

    /// <summary>The engine of a conversation of a surface: the one it names, else the one of the surface, else the default.</summary>
    /// <exception cref="EngineException">There is no such engine, or the settings name one that does not exist.</exception>
    public EngineChoice Resolve(string? name, ConversationKind surface)
    {
        if (!string.IsNullOrWhiteSpace(name))
        {
            return Resolve(name);
        }

        var settings = Settings();
        return Resolve(surface switch
        {
            ConversationKind.Spec => settings.Spec,
            ConversationKind.Assistant => settings.Assistant,
            _ => settings.Agent,
        });
    }

    /// <summary>Finds <c>offline</c>, or <c>scripted:demo</c> with its variant; null and blank mean the default.</summary>
    /// <exception cref="EngineException">There is no such engine.</exception>
    public EngineChoice Resolve(string? name)
    {
        var (id, variant) = Split(string.IsNullOrWhiteSpace(name) ? Settings().Default : name);
        return _engines.TryGetValue(id, out var engine)
            ? new EngineChoice(engine, variant)
            : throw new EngineException(
                "engine_unknown",
                $"There is no engine '{id}'. Nothing was started. Choose one of: "
                + $"{string.Join(", ", Descriptions.Select(description => description.Id))}.");
    }

    /// <summary>Lets every engine remove what it keeps of a deleted conversation.</summary>
    public Task ForgetAsync(Guid conversationId, CancellationToken cancellationToken) =>
        Task.WhenAll(_engines.Values.Select(engine => engine.ForgetAsync(conversationId, cancellationToken)));

    // A setting that was changed to something impossible while the server runs must not end it.
    private EngineOptions Settings()
    {
        try
        {
            return _options.CurrentValue;
        }
        catch (OptionsValidationException exception)
        {
            throw new EngineException("settings_invalid", $"{string.Join(' ', exception.Failures)} Nothing was started.", exception);
        }
    }

    internal static (string Id, string? Variant) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var id = (colon < 0 ? name : name[..colon]).Trim();
        var variant = colon < 0 ? "" : name[(colon + 1)..].Trim();
        return (id, variant.Length == 0 ? null : variant);
    }
}
