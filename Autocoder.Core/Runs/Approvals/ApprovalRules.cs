using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs.Approvals;

/// <summary>Which answers fit a request for approval, and what follows from them. Pure.</summary>
internal static class ApprovalRules
{
    private const int MaxCommentLength = 20_000;

    /// <summary>Says what is wrong, in words for the person; null when the answer fits the request.</summary>
    public static string? FindProblem(ApprovalRequested request, ApprovalAnswer answer) => answer.Outcome switch
    {
        ApprovalOutcome.AllowedOnce or ApprovalOutcome.Rejected => null,
        ApprovalOutcome.AllowedForConversation or ApprovalOutcome.AllowedForProject => request.Always is null
            ? "This can only be allowed once: no rule would say exactly what it does. Nothing was changed."
            : null,
        ApprovalOutcome.RejectedWithComment when string.IsNullOrWhiteSpace(answer.Comment) =>
            "Say what the agent should do instead, or reject without a comment. Nothing was changed.",
        ApprovalOutcome.RejectedWithComment => answer.Comment.Length > MaxCommentLength
            ? $"The comment has {answer.Comment.Length:N0} characters; at most {MaxCommentLength:N0} can be sent. Nothing was changed."
            : null,
        _ => "That is not an answer to a request for approval. Nothing was changed.",
    };

    /// <summary>The event of an answer that fits.</summary>
    public static ApprovalResolved Resolve(ApprovalRequested request, ApprovalAnswer answer) => new(
        request.ApprovalId,
        answer.Outcome,
        answer.Outcome is ApprovalOutcome.RejectedWithComment ? answer.Comment!.Trim() : null,
        answer.Outcome is ApprovalOutcome.AllowedForConversation or ApprovalOutcome.AllowedForProject ? request.Always : null);

    /// <summary>The events that settle an open request; none when it is not open any more.</summary>
    /// <param name="endsRun">Whether the run is asked to stop in the same commit.</param>
    public static IReadOnlyList<NewEvent> Settle(ConversationState state, ApprovalResolved resolved, bool endsRun)
    {
        if (state.Run is not { } run || !run.OpenApprovals.ContainsKey(resolved.ApprovalId))
        {
            return [];
        }

        return
        [
            new NewEvent(resolved, run.RunId),
            .. endsRun && !run.IsStopping ? [new NewEvent(new StopRequested("rejection"), run.RunId)] : Array.Empty<NewEvent>(),
            .. state.Created is { ParentId: null } ? AddRule(state, resolved) : [],
        ];
    }

    /// <summary>The rule that "for this conversation" adds to it; nothing when it has the rule or the answer was another.</summary>
    public static IReadOnlyList<NewEvent> AddRule(ConversationState state, ApprovalResolved resolved) =>
        resolved is { Outcome: ApprovalOutcome.AllowedForConversation, Rule: { } rule } && !state.Rules.Contains(rule)
            ? [new NewEvent(new PermissionRuleAdded(rule))]
            : [];

    /// <summary>Why an answer came too late, in words.</summary>
    /// <param name="before">How it was settled; null when the log does not say.</param>
    public static string TooLate(ApprovalResolved? before)
    {
        var how = before switch
        {
            { By: "rule" } => "A saved rule has allowed this in the meantime.",
            { Outcome: ApprovalOutcome.Expired } or null => "The run that asked for this has ended.",
            { Outcome: ApprovalOutcome.Rejected or ApprovalOutcome.RejectedWithComment } => "This was answered before: it was rejected.",
            _ => "This was answered before: it was allowed.",
        };
        return $"{how} Your answer was not used.";
    }
}
