using System.Security.Cryptography;
using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Profiles;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Runs.Steps;

/// <summary>Takes a run that plans first from one phase to the next, and waits for the person where the plan needs an approval.</summary>
internal sealed class PhaseGate(RunTicket ticket, RunServices services, RunActor actor)
{
    private readonly PhaseRules _rules = new(services.Options.PlanningSteps, services.Options.PlanningTime);

    /// <summary>Does what has to happen before the next model call.</summary>
    /// <param name="run">The run's events, in order.</param>
    /// <returns>How the run must end now, or null; and whether the run goes on although the last step asked for no tools.</returns>
    public async Task<(RunOutcome? End, bool GoesOn)> PassAsync(
        IReadOnlyList<EventEnvelope> run, Profile profile, bool lastAnsweredOnly, CancellationToken cancellationToken)
    {
        if (PhaseRules.PhaseOf(run) is not (RunPhase.Analyse or RunPhase.Plan))
        {
            return (null, GoesOn: false);
        }

        while (true)
        {
            var move = _rules.Next(run, profile.Planning, lastAnsweredOnly, services.Clock.GetUtcNow());
            if (move.GivesUp)
            {
                await actor.AppendAsync(_ => new WarningRaised(
                    "plan_rejected", "The plan was rejected, so the run ends here. Nothing was changed. Say in a new message what you want instead.")).ConfigureAwait(false);
                return (RunOutcome.Stopped, GoesOn: false);
            }

            if (move.AsksForApproval)
            {
                await AskAsync(run, profile, cancellationToken).ConfigureAwait(false);
            }
            else if (move.Phase is { } phase)
            {
                await actor.AppendAsync(_ => new PhaseChanged(phase, move.Note)).ConfigureAwait(false);
                return (null, GoesOn: true);
            }
            else
            {
                return (null, GoesOn: true);
            }

            var log = await services.ReadAllAsync(ticket.ConversationId, cancellationToken).ConfigureAwait(false);
            run = [.. log.Where(envelope => envelope.RunId == ticket.RunId)];
        }
    }

    private Task<ApprovalResolved> AskAsync(IReadOnlyList<EventEnvelope> run, Profile profile, CancellationToken cancellationToken)
    {
        var plan = (PlanUpdated?)PhaseRules.LastPlan(run)?.Event;
        var rejected = PhaseRules.RejectionToAnswer(run) is not null;
        var title = plan is null || rejected
            ? "No plan was made. Go on without one?"
            : $"Carry out this plan of {plan.Entries.Count} {(plan.Entries.Count == 1 ? "step" : "steps")}?";
        var callId = run.Select(envelope => envelope.Event).OfType<ToolCallRequested>().LastOrDefault(call => call.Tool == "UpdatePlan")?.CallId ?? "plan";
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(plan?.Entries ?? [])));
        return new ToolRun(actor, services, new SeenFiles()).ApproveAsync(
            new ApprovalRequested(
                Guid.CreateVersion7(), callId, ApprovalSubject.Plan, title,
                $"The profile “{profile.Id}” changes nothing before you have approved the plan.", hash),
            cancellationToken);
    }
}
