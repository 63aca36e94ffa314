using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Web.Components.Parts;

namespace Autocoder.Web.Rendering;

/// <summary>What the phases and ends of runs are called on the pages.</summary>
public static class RunWords
{
    /// <summary>How a run ended, as a sentence.</summary>
    public static string Outcome(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Completed => "Done.",
        RunOutcome.Stopped => "Stopped by you.",
        RunOutcome.Interrupted => "Interrupted: Autocoder stopped while this was running.",
        RunOutcome.Failed => "Failed.",
        RunOutcome.MaxSteps => "Stopped at the limit of steps.",
        RunOutcome.TokenLimit => "Stopped at the limit of tokens.",
        RunOutcome.BudgetExceeded => "Stopped: the budget is used up.",
        RunOutcome.TimeLimit => "Stopped at the limit of time.",
        RunOutcome.Refused => "The model refused.",
        RunOutcome.ContextOverflow => "Stopped: the conversation no longer fits the model.",
        RunOutcome.Stuck => "Stopped: the same step came again and again.",
        _ => outcome.ToString(),
    };

    /// <summary>How a run ended, in a word or two, for the header.</summary>
    public static string ShortOutcome(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Completed => "Done",
        RunOutcome.Stopped => "Stopped by you",
        RunOutcome.MaxSteps => "Limit of steps reached",
        RunOutcome.TokenLimit => "Limit of tokens reached",
        RunOutcome.BudgetExceeded => "Budget used up",
        RunOutcome.TimeLimit => "Limit of time reached",
        RunOutcome.ContextOverflow => "Context full",
        _ => outcome.ToString(),
    };

    /// <summary>What one can do about an end, as a sentence; null where there is nothing to say.</summary>
    public static string? Advice(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Stopped => "Go on when you like, or say what should be different.",
        RunOutcome.Interrupted => "Nothing was done again by itself. Look at what is marked unknown, then go on.",
        RunOutcome.Failed => "Go on to try once more from here.",
        RunOutcome.MaxSteps or RunOutcome.TokenLimit or RunOutcome.TimeLimit =>
            "A limit is an ordinary end. Going on gives the agent a fresh allowance.",
        RunOutcome.BudgetExceeded => "Going on spends a fresh budget. Look at what was done first.",
        RunOutcome.Refused => "Put it in other words, or ask for something else.",
        RunOutcome.ContextOverflow => "Making room did not help. Begin a new conversation, and say there what counts.",
        RunOutcome.Stuck => "It was not getting anywhere. Say what it should try instead, then go on.",
        _ => null,
    };

    /// <summary>What the button that goes on says; null where going on would only lead to the same end.</summary>
    public static string? GoOn(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Stopped or RunOutcome.Interrupted => "Continue",
        RunOutcome.Failed => "Try again",
        RunOutcome.MaxSteps or RunOutcome.TokenLimit or RunOutcome.TimeLimit or RunOutcome.BudgetExceeded or RunOutcome.Stuck => "Go on",
        _ => null,
    };

    /// <summary>The status an end leaves behind. One that ended well is simply at rest.</summary>
    public static Status StatusOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Completed => Status.Idle,
        RunOutcome.Stopped => Status.Stopped,
        RunOutcome.Interrupted => Status.Interrupted,
        RunOutcome.Failed or RunOutcome.Refused or RunOutcome.ContextOverflow or RunOutcome.Stuck => Status.Failed,
        _ => Status.Warning,
    };

    /// <summary>What a phase is called; null for a run without phases.</summary>
    public static string? Phase(RunPhase phase) => phase switch
    {
        RunPhase.Analyse => "Analyse",
        RunPhase.Plan => "Plan",
        RunPhase.Execute => "Execute",
        _ => null,
    };

    /// <summary>What a run wants of the person, in the header.</summary>
    public static string Wants(WaitingFor wanted) => wanted switch
    {
        WaitingFor.Approval => "Waiting for your approval",
        WaitingFor.Plan => "Waiting for you to approve the plan",
        _ => "Waiting for your answer",
    };

    /// <summary>What became of a request for approval that was settled somewhere else.</summary>
    public static string SettledElsewhere(ApprovalOutcome outcome, string? by) => (outcome, by) switch
    {
        (ApprovalOutcome.Expired, _) => "The run has ended, so this can no longer be answered. Nothing was allowed.",
        (_, "rule") => "A rule that was just saved allows this, so you are not asked any more.",
        (ApprovalOutcome.Rejected or ApprovalOutcome.RejectedWithComment, _) => "This was rejected in another tab, and that answer counts.",
        _ => "This was allowed in another tab, and that answer counts.",
    };

    /// <summary>Tokens of one run in words: <c>1,200 tokens in, 300 out</c>; <c>no tokens</c> where no model was used.</summary>
    public static string Tokens(TokenUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        var input = usage.Input + usage.CacheRead + usage.CacheWrite;
        return usage.Total > 0
            ? $"{Words.Count(input, "token")} in, {usage.Output.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} out"
            : "no tokens";
    }
}
