using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Profiles;

namespace Autocoder.Core.Runs.Steps;

/// <summary>Decides what each model call of one run is shown, and when the run is over.</summary>
internal sealed class RunSteps(RunTicket ticket, RunServices services, RunActor actor, EnginePreparation preparation) : IRunSteps
{
    private readonly StepBoundary _boundary = new(actor);
    private readonly PhaseGate _phases = new(ticket, services, actor);
    private Profile _profile = preparation.Profile;

    public async Task<StepDecision> NextAsync(StepReport? last, IContextSummarizer summarizer, CancellationToken cancellationToken)
    {
        // What is sent into a run that has reached its limit waits for the next one.
        var limit = actor.Budget.Exhausted;
        var steered = limit is null && await SteerAsync(cancellationToken).ConfigureAwait(false);
        var log = await services.ReadAllAsync(ticket.ConversationId, cancellationToken).ConfigureAwait(false);
        TakeOverProfile(log);

        var answeredOnly = last is { AskedForTools: false };
        var (end, goesOn) = limit is not null && !answeredOnly
            ? (limit, false)
            : await _phases.PassAsync(RunOf(log), _profile, answeredOnly, cancellationToken).ConfigureAwait(false);
        if (end is null && answeredOnly && !steered && !goesOn)
        {
            end = RunOutcome.Completed;
        }

        end ??= await _boundary.PassAsync(RunOf(log)).ConfigureAwait(false);
        return end is { } outcome ? new StepDecision.End(outcome) : await CallAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<StepDecision> CallAsync(CancellationToken cancellationToken)
    {
        // Read anew: what was decided just now may have added to it.
        var log = await services.ReadAllAsync(ticket.ConversationId, cancellationToken).ConfigureAwait(false);
        var phase = PhaseRules.PhaseOf(RunOf(log));
        preparation.Tools.Offer(PhaseTools.Of(phase, services.ToolsOf(ticket), preparation.Tools), PhaseTools.Reason(phase));

        var messages = ModelHistory.Build(log);
        var notes = RunNotes.For(log, ticket.RunId, stepsLeft: actor.Budget.StepsLeft + 1);
        return new StepDecision.Call(
            _profile,
            string.Join("\n\n", (string[])[_profile.Instructions, .. Steering(), .. notes]),
            messages,
            preparation.Tools.Definitions,
            ConversationPosition.After(messages));
    }

    private string[] Steering() => string.IsNullOrWhiteSpace(_profile.SteeringNotes) ? [] : [_profile.SteeringNotes];

    /// <summary>Gives the run the prompts that were sent into it.</summary>
    private async Task<bool> SteerAsync(CancellationToken cancellationToken)
    {
        var appended = await actor.AppendManyAsync(
            state => state.Queue.Where(prompt => prompt.Delivery is PromptDelivery.Steer).Select(prompt => new PromptDelivered(prompt.PromptId)),
            cancellationToken).ConfigureAwait(false);
        return appended.Count > 0;
    }

    // Its tools and permissions go with it: both are asked for by the run, not by the profile it began with.
    private void TakeOverProfile(IReadOnlyList<EventEnvelope> log)
    {
        if (services.ProfileIn(log, ticket) is { } profile && profile.Id != _profile.Id)
        {
            _profile = profile;
            actor.Profile = profile;
        }
    }

    private List<EventEnvelope> RunOf(IReadOnlyList<EventEnvelope> log) => [.. log.Where(envelope => envelope.RunId == ticket.RunId)];
}
