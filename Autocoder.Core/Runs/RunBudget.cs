using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs;

/// <summary>What a run may still spend. Whatever a sub-agent spends is also spent of the budget it draws on, at once.</summary>
/// <remarks>
/// Sub-agents that work at the same time share what is left: none can keep it from the others, and together they cannot
/// go beyond it by more than the calls that are under way. Safe to use from any thread.
/// </remarks>
internal sealed class RunBudget
{
    // One lock for a run and all below it: what is checked over all of them must not change meanwhile.
    private readonly Lock _gate;
    private readonly RunBudget? _parent;
    private int _steps;
    private bool _isStepTaken;
    private TokenUsage _usage;

    /// <param name="steps">The steps it has taken, those of its sub-agents included.</param>
    /// <param name="usage">What it has used, its sub-agents included.</param>
    /// <param name="parent">The budget it draws on; null for the root.</param>
    public RunBudget(RunLimits limits, int steps = 0, TokenUsage? usage = null, RunBudget? parent = null)
    {
        Limits = limits;
        _gate = parent?._gate ?? new Lock();
        _parent = parent;
        _steps = steps;
        _usage = usage ?? TokenUsage.None;
    }

    /// <summary>The limits as they were when the run began.</summary>
    public RunLimits Limits { get; }

    /// <summary>How many steps can still be taken, by itself or a sub-agent.</summary>
    public int StepsLeft
    {
        get
        {
            lock (_gate)
            {
                return Chain().Min(budget => Math.Max(0, budget.Limits.Steps - budget._steps));
            }
        }
    }

    /// <summary>Which limit is reached, here or in a budget this one draws on; null while there is something left.</summary>
    public RunOutcome? Exhausted
    {
        get
        {
            lock (_gate)
            {
                return Chain().Select(budget => budget.FindReached()).FirstOrDefault(reached => reached is not null);
            }
        }
    }

    /// <summary>What a sub-agent that begins now may have at most.</summary>
    /// <param name="worked">How long this run has worked.</param>
    public RunLimits Left(TimeSpan worked)
    {
        lock (_gate)
        {
            return Chain().Select(budget => budget.OwnLeft()).Aggregate((one, other) => one.AtMost(other)) with
            {
                // Whole minutes, and never none: the end of the time of this run ends what works for it.
                Minutes = Limits.Minutes is { } minutes ? Math.Max(1, (int)(minutes - worked.TotalMinutes)) : null,
            };
        }
    }

    /// <summary>Whether the next step was taken out of the budget and has not begun.</summary>
    public bool IsStepTaken
    {
        get
        {
            lock (_gate)
            {
                return _isStepTaken;
            }
        }
    }

    /// <summary>Takes the next step out of the budget before it begins, so that no two runs take the last one.</summary>
    /// <returns>Which limit is reached; null when the step may begin.</returns>
    public RunOutcome? TryTakeStep()
    {
        lock (_gate)
        {
            if (_isStepTaken)
            {
                return null;
            }

            var reached = Exhausted;
            if (reached is null)
            {
                _isStepTaken = true;
                foreach (var budget in Chain())
                {
                    budget._steps++;
                }
            }

            return reached;
        }
    }

    /// <summary>The step that was taken has begun.</summary>
    public void BeginStep()
    {
        lock (_gate)
        {
            _isStepTaken = false;
        }
    }

    /// <summary>Notes what an event of this run says was used. What a sub-agent has used was noted when it used it.</summary>
    public void Charge(ConversationEvent conversationEvent)
    {
        var usage = UsageOf(conversationEvent);
        if (usage is null)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var budget in Chain())
            {
                budget._usage += usage;
            }
        }
    }

    /// <summary>What a run itself has used by an event; null for nothing.</summary>
    public static TokenUsage? UsageOf(ConversationEvent conversationEvent) => conversationEvent switch
    {
        StepEnded ended => ended.Usage,
        CompactionCompleted completed => completed.Usage,
        _ => null,
    };

    private IEnumerable<RunBudget> Chain()
    {
        for (var budget = this; budget is not null; budget = budget._parent)
        {
            yield return budget;
        }
    }

    private RunLimits OwnLeft() => new(
        Math.Max(0, Limits.Steps - _steps),
        Limits.Tokens is { } tokens ? Math.Max(0, tokens - _usage.Total) : null,
        Limits.CostUsd is { } cost ? Math.Max(0, cost - _usage.CostUsd) : null);

    private RunOutcome? FindReached() => OwnLeft() switch
    {
        { Steps: 0 } => RunOutcome.MaxSteps,
        { Tokens: 0 } => RunOutcome.TokenLimit,
        { CostUsd: 0 } => RunOutcome.BudgetExceeded,
        _ => null,
    };
}
