using Autocoder.Core.Conversations;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>What model calls cost. Pure.</summary>
/// <remarks>
/// List prices as published at https://platform.claude.com/docs/en/about-claude/pricing, read in November 2026. Of a model that is not
/// in the list nothing is claimed. Settings go before it.
/// </remarks>
internal static class PriceList
{
    private const decimal Million = 1_000_000m;

    private static readonly (string Prefix, decimal Input, decimal Output)[] Known =
    [
        ("claude-opus-5", 5, 25), ("claude-opus-4-5", 5, 25), ("claude-opus-4-6", 5, 25), ("claude-opus-4-7", 5, 25), ("claude-opus-4-8", 5, 25),
        ("claude-opus-4", 15, 75), ("claude-sonnet-5", 2, 10), ("claude-sonnet-4", 3, 15), ("claude-haiku-4-5", 1, 5),
    ];

    // Priced apart from their families, in ways this list does not know.
    private static readonly string[] Unknown = ["claude-opus-5-5", "claude-sonnet-5-5"];

    /// <summary>The same usage with its cost; without one where the price is not known.</summary>
    public static TokenUsage Priced(TokenUsage usage, string model, AnthropicOptions options) => Find(model, options) is not { } price
        ? usage
        : usage with
        {
            CostUsd = ((usage.Input * price.Input) + (usage.Output * price.Output) + (usage.CacheRead * price.CacheRead) + (usage.CacheWrite * price.CacheWrite)) / Million,
        };

    private static ModelPrice? Find(string model, AnthropicOptions options)
    {
        var own = options.Prices.Where(price => model.StartsWith(price.Key, StringComparison.Ordinal)).OrderByDescending(price => price.Key.Length).FirstOrDefault();
        if (own.Value is not null)
        {
            return own.Value;
        }

        // Another server's prices are its own, whatever it calls its models.
        if (!options.IsOwnAddress || Unknown.Any(prefix => model.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return null;
        }

        var known = Known.Where(price => model.StartsWith(price.Prefix, StringComparison.Ordinal)).OrderByDescending(price => price.Prefix.Length).FirstOrDefault();
        return known.Prefix is null
            ? null
            : new ModelPrice { Input = known.Input, Output = known.Output, CacheRead = known.Input / 10, CacheWrite = known.Input * 1.25m };
    }
}
