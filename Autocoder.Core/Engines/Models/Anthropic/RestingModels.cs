using System.Collections.Concurrent;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>The models that stayed overloaded and are not asked for a while. Safe to use from any thread.</summary>
internal sealed class RestingModels(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    /// <summary>The models to ask, in order: those that do not rest, or, when all do, all of them.</summary>
    public IReadOnlyList<string> Order(string model, IEnumerable<string> fallbacks)
    {
        List<string> all = [.. fallbacks.Where(fallback => !string.IsNullOrWhiteSpace(fallback)).Prepend(model).Distinct(StringComparer.Ordinal)];
        var now = clock.GetUtcNow();
        List<string> awake = [.. all.Where(each => !_until.TryGetValue(each, out var until) || until <= now)];
        return awake.Count > 0 ? awake : all;
    }

    /// <summary>Leaves a model alone for a while.</summary>
    public void Rest(string model, TimeSpan time) => _until[model] = clock.GetUtcNow() + time;
}
