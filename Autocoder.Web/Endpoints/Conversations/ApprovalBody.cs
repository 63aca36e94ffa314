using Autocoder.Core.Conversations;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>The answer to a request for approval.</summary>
/// <param name="Outcome">Anything but <c>Expired</c>.</param>
/// <param name="Comment">What the model is told; needed for <c>RejectedWithComment</c>.</param>
public sealed record ApprovalBody(ApprovalOutcome Outcome, string? Comment = null);
