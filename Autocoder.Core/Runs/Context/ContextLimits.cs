namespace Autocoder.Core.Runs.Context;

/// <summary>The numbers of <see cref="ContextOptions"/> for one window. In a small window each is at most a part of it.</summary>
/// <param name="Reserve">Kept free for the answer: at most a quarter of the window.</param>
/// <param name="Tail">Newest messages that stay as they are: at most an eighth.</param>
/// <param name="Unmasked">Newest tool output that stays as it is: at most a quarter.</param>
/// <param name="MaskGain">The least that masking must gain: at most an eighth.</param>
/// <param name="MaskFrom">Nothing is masked below this.</param>
internal sealed record ContextLimits(long Window, long Reserve, long Tail, long Unmasked, long MaskGain, long MaskFrom)
{
    /// <summary>A compaction that gains less than this part has failed.</summary>
    public const double LeastGain = 0.1;

    /// <summary>How often entries are made a fifth shorter before a summary is given up.</summary>
    public const int MostCuts = 5;

    /// <summary>What the entries have after one more cut, as a part of what they had.</summary>
    public const double Cut = 0.8;

    /// <summary>The most automatic compactions with no ordinary step between them.</summary>
    public const int MostInARow = 4;

    /// <summary>Tool output of this many newest turns of the person is never masked.</summary>
    public const int UnmaskedTurns = 2;

    /// <summary>Messages are summarised from here on.</summary>
    public long SummariseFrom => Window - Reserve;

    /// <summary>What the person's own words may take beside a summary.</summary>
    public long PersonsWords => Tail / 3;

    public static ContextLimits For(long window, ContextOptions options) => new(
        window,
        Math.Min(options.ReserveTokens, window / 4),
        Math.Min(options.TailTokens, window / 8),
        Math.Min(options.UnmaskedTokens, window / 4),
        Math.Min(options.MaskGainTokens, window / 8),
        (long)(window * options.MaskFromShare));
}
