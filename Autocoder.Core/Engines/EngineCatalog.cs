using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines;

/// <summary>The engines that are installed, by name.</summary>
public sealed class EngineCatalog
{
    private readonly Dictionary<string, IAgentEngine> _engines;
    private readonly string _default;

    public EngineCatalog(IEnumerable<IAgentEngine> engines, IOptions<EngineOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _engines = engines.ToDictionary(engine => engine.Description.Id, StringComparer.Ordinal);
        _default = options.Value.Default;
    }

    /// <summary>What people can choose from, the default first.</summary>
    public IReadOnlyList<EngineDescription> Descriptions =>
        [.. _engines.Values
            .Select(engine => engine.Description)
            .OrderByDescending(description => description.Id == Split(_default).Id)
            .ThenBy(description => description.Id, StringComparer.Ordinal)];

    /// <summary>The engine of runs that name none.</summary>
    /// <exception cref="EngineException">The configured one does not exist.</exception>
    public EngineChoice Default => Resolve(_default);

    /// <summary>Finds <c>offline</c>, or <c>scripted:demo</c> with its variant; null and blank mean the default.</summary>
    /// <exception cref="EngineException">There is no such engine.</exception>
    public EngineChoice Resolve(string? name)
    {
        var (id, variant) = Split(string.IsNullOrWhiteSpace(name) ? _default : name);
        return _engines.TryGetValue(id, out var engine)
            ? new EngineChoice(engine, variant)
            : throw new EngineException(
                "engine_unknown",
                $"There is no engine '{id}'. Nothing was started. Choose one of: "
                + $"{string.Join(", ", Descriptions.Select(description => description.Id))}.");
    }

    internal static (string Id, string? Variant) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var id = (colon < 0 ? name : name[..colon]).Trim();
        var variant = colon < 0 ? "" : name[(colon + 1)..].Trim();
        return (id, variant.Length == 0 ? null : variant);
    }
}
