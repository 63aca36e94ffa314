using Autocoder.Core.Conversations;

namespace Autocoder.Core.Runs.Approvals;

/// <summary>A call of the past that a new rule would decide otherwise than the rules there are.</summary>
/// <param name="Title">What was called, in words for a person.</param>
/// <param name="Before">By the rules there are.</param>
/// <param name="After">With the new rule.</param>
/// <param name="Times">How often this very call was made.</param>
/// <param name="Rejected">How often a person said no to it when they were asked.</param>
/// <param name="In">The conversation in which it was made last, by its agent or a sub-agent of it.</param>
/// <param name="At">When it was made last.</param>
public sealed record PolicyChange(
    string Tool, string Title, PermissionEffect Before, PermissionEffect After, int Times, int Rejected, ConversationSummary In, DateTimeOffset At);
