namespace Autocoder.Core.Conversations;

/// <summary>What became of a request for approval.</summary>
public enum ApprovalOutcome
{
    /// <summary>Allowed, this once.</summary>
    AllowedOnce,

    /// <summary>Allowed, and the like of it in this conversation.</summary>
    AllowedForConversation,

    /// <summary>Allowed, and the like of it in this project from now on.</summary>
    AllowedForProject,

    /// <summary>Not allowed; the run ends.</summary>
    Rejected,

    /// <summary>Not allowed; the model is told why, and the run goes on.</summary>
    RejectedWithComment,

    /// <summary>Nobody answered before the run ended.</summary>
    Expired,
}
