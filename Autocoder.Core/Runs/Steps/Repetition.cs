namespace Autocoder.Core.Runs.Steps;

/// <summary>How often the last tool call of a run came in a row, with the same arguments and the same result.</summary>
/// <param name="WasNudged">Whether the model was told during this repetition.</param>
internal sealed record Repetition(string Tool, int Times, bool WasNudged)
{
    /// <summary>No call yet.</summary>
    public static Repetition None { get; } = new("", 0, WasNudged: false);
}
