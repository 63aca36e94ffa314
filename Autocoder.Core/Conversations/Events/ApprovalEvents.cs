namespace Autocoder.Core.Conversations.Events;

/// <summary>The run waits for a person to allow something. There is no time-out, and silence is never a yes.</summary>
/// <param name="ApprovalId">Names the request; an answer from any tab refers to it.</param>
/// <param name="CallId">The tool call that needs it.</param>
/// <param name="Title">What would be done, in words for a person.</param>
/// <param name="Reason">Why it is asked: the rule that says so, or that no rule speaks of it.</param>
/// <param name="Hash">Of tool, arguments and folder: what is approved is what runs.</param>
/// <param name="Always">The exact rule that "always" would save; null where always is not offered.</param>
/// <param name="ChildConversationId">The sub-agent's conversation that really asks; null when the run itself does.</param>
/// <param name="Path">The sub-agents from this conversation down to the one that asks; null when the run itself does.</param>
[EventKind("approval_requested")]
public sealed record ApprovalRequested(
    Guid ApprovalId,
    string CallId,
    ApprovalSubject Subject,
    string Title,
    string Reason,
    string Hash,
    PermissionRule? Always = null,
    Guid? ChildConversationId = null,
    IReadOnlyList<string>? Path = null) : ConversationEvent;

/// <summary>The first answer; later ones are refused.</summary>
/// <param name="Comment">What the person said to a rejection; the model is told.</param>
/// <param name="Rule">The rule that was saved with it, or that settled it; null for neither.</param>
/// <param name="By"><c>person</c>, <c>rule</c> for one that another answer settled, or <c>run</c> when the run ended first.</param>
[EventKind("approval_resolved")]
public sealed record ApprovalResolved(
    Guid ApprovalId, ApprovalOutcome Outcome, string? Comment = null, PermissionRule? Rule = null, string By = "person") : ConversationEvent;
