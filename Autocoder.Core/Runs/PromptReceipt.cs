namespace Autocoder.Core.Runs;

/// <summary>What became of a prompt that was sent.</summary>
/// <param name="Reason">Why it was refused, in words for the person; null when it was not.</param>
public sealed record PromptReceipt(PromptStatus Status, string? Reason = null);

/// <summary>What became of a prompt.</summary>
public enum PromptStatus
{
    /// <summary>Kept, and its run has begun.</summary>
    Started,

    /// <summary>Kept; it waits for the run before it.</summary>
    Queued,

    /// <summary>The same prompt was sent before; nothing was done twice.</summary>
    AlreadySent,

    /// <summary>Not kept.</summary>
    Refused,
}
