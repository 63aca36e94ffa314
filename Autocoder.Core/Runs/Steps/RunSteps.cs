using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Profiles;

namespace Autocoder.Core.Runs.Steps;

/// <summary>Decides what each model call of one run is shown, and when the run is over.</summary>
internal sealed class RunSteps(
    RunTicket ticket, RunServices services, RunActor actor, EnginePreparation preparation, IReadOnlyList<EventEnvelope> history) : IRunSteps
{
    private readonly List<EventEnvelope> _log = [.. history];
    private readonly StepBoundary _boundary = new(actor);
    private readonly PhaseGate _phases = new(ticket, services, actor);
    private Profile _profile = preparation.Profile;

    public async Task<StepDecision> NextAsync(StepReport? last, IContextSummarizer summarizer, CancellationToken cancellationToken)
    {
        // What is sent into a run that has reached its limit waits for the next one.
        var limit = actor.Budget.Exhausted;
        var steered = limit is null && await SteerAsync(cancellationToken).ConfigureAwait(false);
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        TakeOverProfile();

        var answeredOnly = last is { AskedForTools: false, Overflowed: false };
        var (end, goesOn) = limit is not null && !answeredOnly
            ? (limit, false)
            : await _phases.PassAsync(Run(), _profile, answeredOnly, cancellationToken).ConfigureAwait(false);
        if (end is null && answeredOnly && !steered && !goesOn)
        {
            end = RunOutcome.Completed;
        }

        end ??= await _boundary.PassAsync(Run()).ConfigureAwait(false);
        return end is { } outcome ? new StepDecision.End(outcome) : await CallAsync(summarizer, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StepDecision> CallAsync(IContextSummarizer summarizer, CancellationToken cancellationToken)
    {
        // What was decided just now may have added to the log.
        await CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var phase = PhaseRules.PhaseOf(Run());
        preparation.Tools.Offer(PhaseTools.Of(phase, services.ToolsOf(ticket), preparation.Tools), PhaseTools.Reason(phase));

        var tools = preparation.Tools.Definitions;
        var notes = RunNotes.For(_log, ticket.RunId, stepsLeft: actor.Budget.StepsLeft + 1);
        var instructions = string.Join("\n\n", (string[])[_profile.Instructions, .. Steering(), .. notes]);
        var call = await preparation.Context.PrepareAsync(instructions, tools, summarizer, cancellationToken).ConfigureAwait(false);
        return call is null
            ? new StepDecision.End(RunOutcome.ContextOverflow)
            : new StepDecision.Call(_profile, instructions, call.Messages, tools, call.Position);
    }

    // Only what is new: a long conversation is not read again before each step. Sequences have no gaps, so the count is the head.
    private async Task CatchUpAsync(CancellationToken cancellationToken) =>
        _log.AddRange(await services.ReadAfterAsync(ticket.ConversationId, _log.Count, cancellationToken).ConfigureAwait(false));

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
    private void TakeOverProfile()
    {
        if (services.ProfileIn(_log, ticket) is { } profile && profile.Id != _profile.Id)
        {
            _profile = profile;
            actor.Profile = profile;
        }
    }

    private List<EventEnvelope> Run() => [.. _log.Where(envelope => envelope.RunId == ticket.RunId)];
}
