namespace Autocoder.Core.Runs;

/// <summary>What became of an answer.</summary>
/// <param name="Reason">Why it was not taken, in words for the person; null when it was.</param>
public sealed record AnswerReceipt(AnswerStatus Status, string? Reason = null);

/// <summary>What became of an answer.</summary>
public enum AnswerStatus
{
    /// <summary>It was the first and is kept.</summary>
    Accepted,

    /// <summary>Somebody answered before, or the run has ended; nothing was changed.</summary>
    TooLate,

    /// <summary>It does not fit the questions; nothing was changed.</summary>
    Invalid,
}
