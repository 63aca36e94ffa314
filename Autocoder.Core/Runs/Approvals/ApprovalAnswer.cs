using Autocoder.Core.Conversations;

namespace Autocoder.Core.Runs.Approvals;

/// <summary>A person's answer to a request for approval.</summary>
/// <param name="Outcome">Anything but <see cref="ApprovalOutcome.Expired"/>, which nobody can answer.</param>
/// <param name="Comment">What the model is told; needed for <see cref="ApprovalOutcome.RejectedWithComment"/>, ignored otherwise.</param>
public sealed record ApprovalAnswer(ApprovalOutcome Outcome, string? Comment = null);
