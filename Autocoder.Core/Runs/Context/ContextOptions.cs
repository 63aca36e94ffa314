using System.ComponentModel.DataAnnotations;

namespace Autocoder.Core.Runs.Context;

/// <summary>When and how room is made in what a model is shown. Bound to <c>Autocoder:Context</c>.</summary>
/// <remarks>The numbers are for windows of 200,000 tokens and more; <see cref="ContextLimits"/> makes them fit smaller ones.</remarks>
public sealed class ContextOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Autocoder:Context";

    /// <summary>Tokens of the window kept free for the answer, and for what the estimate misses. Raise it for models with longer answers.</summary>
    [Range(1_000, 1_000_000)]
    public int ReserveTokens { get; set; } = 20_000;

    /// <summary>Tokens of the newest messages that are kept as they are when the older ones are summarised.</summary>
    [Range(1_000, 1_000_000)]
    public int TailTokens { get; set; } = 15_000;

    /// <summary>Tokens of the newest tool output that are never masked.</summary>
    [Range(1_000, 1_000_000)]
    public int UnmaskedTokens { get; set; } = 40_000;

    /// <summary>Tokens that masking must gain to be worth it: it costs the model's cache of what comes after.</summary>
    [Range(1_000, 1_000_000)]
    public int MaskGainTokens { get; set; } = 20_000;

    /// <summary>How full the window must be before anything is masked, from 0 for always to 1.</summary>
    [Range(0.0, 1.0)]
    public double MaskFromShare { get; set; } = 0.5;
}
