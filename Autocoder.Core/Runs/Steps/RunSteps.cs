using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;

namespace Autocoder.Core.Runs.Steps;

/// <summary>Decides what each model call of one run is shown, and when the run is over.</summary>
internal sealed class RunSteps(RunActor actor, EnginePreparation preparation) : IRunSteps
{
    public async Task<StepDecision> NextAsync(StepReport? last, IContextSummarizer summarizer, CancellationToken cancellationToken)
    {
        var steered = await SteerAsync(cancellationToken).ConfigureAwait(false);
        if (last is { AskedForTools: false, Overflowed: false } && !steered)
        {
            return new StepDecision.End(RunOutcome.Completed);
        }

        var context = preparation.Context;
        await context.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        if (context.Log.Run.Steps >= preparation.Profile.MaxSteps)
        {
            return new StepDecision.End(RunOutcome.MaxSteps);
        }

        var (profile, tools) = (preparation.Profile, preparation.Tools.Definitions);
        return await context.PrepareAsync(profile.Instructions, tools, summarizer, cancellationToken).ConfigureAwait(false) is { } call
            ? new StepDecision.Call(profile, profile.Instructions, call.Messages, tools, call.Position)
            : new StepDecision.End(RunOutcome.ContextOverflow);
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
