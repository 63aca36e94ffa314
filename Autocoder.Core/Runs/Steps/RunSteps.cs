using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;

namespace Autocoder.Core.Runs.Steps;

/// <summary>Decides what each model call of one run is shown, and when the run is over.</summary>
internal sealed class RunSteps(RunTicket ticket, RunServices services, RunActor actor, EnginePreparation preparation) : IRunSteps
{
    public async Task<StepDecision> NextAsync(StepReport? last, IContextSummarizer summarizer, CancellationToken cancellationToken)
    {
        var steered = await SteerAsync(cancellationToken).ConfigureAwait(false);
        if (last is { AskedForTools: false } && !steered)
        {
            return new StepDecision.End(RunOutcome.Completed);
        }

        var log = await services.ReadAllAsync(ticket.ConversationId, cancellationToken).ConfigureAwait(false);
        var steps = log.Count(envelope => envelope.RunId == ticket.RunId && envelope.Event is StepStarted);
        if (steps >= preparation.Profile.MaxSteps)
        {
            return new StepDecision.End(RunOutcome.MaxSteps);
        }

        var messages = ModelHistory.Build(log);
        return new StepDecision.Call(
            preparation.Profile, preparation.Profile.Instructions, messages, preparation.Tools.Definitions, ConversationPosition.After(messages));
    }

    /// <summary>Gives the run the prompts that were sent into it.</summary>
    private async Task<bool> SteerAsync(CancellationToken cancellationToken)
    {
        var appended = await actor.AppendManyAsync(
            state => state.Queue.Where(prompt => prompt.Delivery is PromptDelivery.Steer).Select(prompt => new PromptDelivered(prompt.PromptId)),
            cancellationToken).ConfigureAwait(false);
        return appended.Count > 0;
    }
}
