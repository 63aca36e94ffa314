using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Profiles;

namespace Autocoder.Core.Runs.Steps;

/// <summary>When a run that plans first goes on to its next phase. Pure: the log alone decides, so a restart changes nothing.</summary>
/// <param name="MaxSteps">How many steps analysis and plan may take together; the last two are kept for the plan.</param>
/// <param name="MaxTime">How long they may take together.</param>
internal sealed record PhaseRules(int MaxSteps, TimeSpan MaxTime)
{
    /// <summary>After so many rejections the run ends.</summary>
    public const int MaxRejections = 3;

    private const int StepsForThePlan = 2;

    /// <summary>What has to happen before the next model call.</summary>
    /// <param name="run">The run's events, in order.</param>
    /// <param name="planning">Of the profile.</param>
    /// <param name="lastAnsweredOnly">Whether the step before asked for no tools.</param>
    public PhaseMove Next(IReadOnlyList<EventEnvelope> run, PlanningMode planning, bool lastAnsweredOnly, DateTimeOffset now)
    {
        var phase = PhaseOf(run);
        if (phase is not (RunPhase.Analyse or RunPhase.Plan))
        {
            return PhaseMove.Stay;
        }

        var planned = LastPlan(run);
        var settled = run.LastOrDefault(envelope => IsAnswerToPlan(run, envelope));
        var answer = (ApprovalResolved?)settled?.Event;
        if (answer is { Outcome: ApprovalOutcome.Rejected } || Rejections(run) >= MaxRejections)
        {
            return PhaseMove.GiveUp;
        }

        // A plan counts until it was rejected.
        var plan = planned is not null && !(answer is { Outcome: ApprovalOutcome.RejectedWithComment } && planned.Sequence < settled!.Sequence)
            ? planned
            : null;
        var isAllowed = answer is { Outcome: not (ApprovalOutcome.RejectedWithComment or ApprovalOutcome.Expired) }
            && (plan is null || plan.Sequence < settled!.Sequence);
        var isLate = IsLate(run, answer is { Outcome: ApprovalOutcome.RejectedWithComment } ? settled!.Sequence : 0, now);
        return (plan, planning) switch
        {
            (not null, PlanningMode.PlanApproved) => isAllowed ? PhaseMove.ToExecute(null) : PhaseMove.Ask,
            (not null, _) => PhaseMove.ToExecute(null),
            (null, PlanningMode.PlanApproved) when isAllowed => PhaseMove.ToExecute("There is no plan; you allowed the work without one."),
            (null, PlanningMode.PlanApproved) when isLate => PhaseMove.Ask,
            (null, _) when isLate => PhaseMove.ToExecute("No plan was made in time, so the work begins without one."),
            _ when phase is RunPhase.Analyse && (lastAnsweredOnly || Steps(run) >= MaxSteps - StepsForThePlan) => PhaseMove.ToPlan,
            _ => PhaseMove.Stay,
        };
    }

    /// <summary>The phase a run is in.</summary>
    public static RunPhase PhaseOf(IEnumerable<EventEnvelope> run) => run.Select(envelope => envelope.Event).Aggregate(
        RunPhase.Direct,
        (phase, next) => next switch { RunStarted started => started.Phase, PhaseChanged changed => changed.Phase, _ => phase });

    /// <summary>The latest plan; null before the first.</summary>
    public static EventEnvelope? LastPlan(IEnumerable<EventEnvelope> run) => run.LastOrDefault(envelope => envelope.Event is PlanUpdated);

    /// <summary>What the person said to the last rejected plan; null when none was rejected, or a newer one is there.</summary>
    public static string? RejectionToAnswer(IReadOnlyList<EventEnvelope> run)
    {
        var rejected = run.LastOrDefault(envelope =>
            IsAnswerToPlan(run, envelope) && envelope.Event is ApprovalResolved { Outcome: ApprovalOutcome.RejectedWithComment });
        return rejected is null || LastPlan(run)?.Sequence > rejected.Sequence ? null : ((ApprovalResolved)rejected.Event).Comment ?? "";
    }

    private static int Rejections(IReadOnlyList<EventEnvelope> run) => run.Count(envelope =>
        IsAnswerToPlan(run, envelope) && envelope.Event is ApprovalResolved { Outcome: ApprovalOutcome.RejectedWithComment });

    private static bool IsAnswerToPlan(IReadOnlyList<EventEnvelope> run, EventEnvelope envelope) =>
        envelope.Event is ApprovalResolved resolved
        && run.Any(other => other.Event is ApprovalRequested { Subject: ApprovalSubject.Plan } asked && asked.ApprovalId == resolved.ApprovalId);

    private static int Steps(IEnumerable<EventEnvelope> run) => run.Count(envelope => envelope.Event is StepStarted);

    // After a rejection the time for a new plan begins anew.
    private bool IsLate(IReadOnlyList<EventEnvelope> run, long after, DateTimeOffset now)
    {
        var since = run.Where(envelope => envelope.Sequence > after).ToList();
        return Steps(since) >= MaxSteps || RunTime.Worked(since, now) >= MaxTime;
    }
}
