namespace Autocoder.Core.Conversations;

/// <summary>How a run ended. A closed set; only <see cref="Failed"/> carries an error.</summary>
public enum RunOutcome
{
    /// <summary>The engine had nothing more to do.</summary>
    Completed,

    /// <summary>A person stopped it.</summary>
    Stopped,

    /// <summary>The server stopped or died while it ran.</summary>
    Interrupted,

    /// <summary>The engine, or the connection to it, failed.</summary>
    Failed,

    /// <summary>The profile's limit of steps was reached.</summary>
    MaxSteps,

    /// <summary>The profile's limit of tokens was reached.</summary>
    TokenLimit,

    /// <summary>The budget was used up.</summary>
    BudgetExceeded,

    /// <summary>The profile's limit of time was reached.</summary>
    TimeLimit,

    /// <summary>The model refused.</summary>
    Refused,

    /// <summary>The conversation no longer fits the model, even after compaction.</summary>
    ContextOverflow,

    /// <summary>The same call with the same result came again and again.</summary>
    Stuck,
}
