namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>What a million tokens cost, in US dollars.</summary>
public sealed class ModelPrice
{
    /// <summary>Input that is neither read from nor written to the cache.</summary>
    public decimal Input { get; set; }

    /// <summary>Output, thoughts included.</summary>
    public decimal Output { get; set; }

    /// <summary>Input that is read from the cache.</summary>
    public decimal CacheRead { get; set; }

    /// <summary>Input that is written to the cache for five minutes.</summary>
    public decimal CacheWrite { get; set; }
}
