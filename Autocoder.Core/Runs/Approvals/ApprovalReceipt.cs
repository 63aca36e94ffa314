namespace Autocoder.Core.Runs.Approvals;

/// <summary>What became of an answer to a request for approval.</summary>
/// <param name="Reason">Why it was not taken, or what could not be done beside it, in words for the person; null when all is well.</param>
public sealed record ApprovalReceipt(ApprovalStatus Status, string? Reason = null);

/// <summary>What became of an answer to a request for approval.</summary>
public enum ApprovalStatus
{
    /// <summary>It was the first and is kept.</summary>
    Accepted,

    /// <summary>Somebody or something answered before, or the run has ended; nothing was changed.</summary>
    TooLate,

    /// <summary>There was never such a request in this conversation.</summary>
    Unknown,

    /// <summary>It is not an answer that can be given here; nothing was changed, and the request is still open.</summary>
    Invalid,
}
