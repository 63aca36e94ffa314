using System.ComponentModel.DataAnnotations;

namespace Autocoder.Core.Engines.Models.Offline;

/// <summary>How the offline engine speaks. Bound to <see cref="SectionName"/> of the configuration.</summary>
public sealed class OfflineOptions
{
    public const string SectionName = "Autocoder:Offline";

    /// <summary>Waited after each few words, so that an answer can be followed as it appears. Zero in tests.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01", ParseLimitsInInvariantCulture = true)]
    public TimeSpan DeltaDelay { get; set; } = TimeSpan.FromMilliseconds(12);

    /// <summary>How many words appear at once.</summary>
    [Range(1, 100)]
    public int WordsPerDelta { get; set; } = 3;
}
