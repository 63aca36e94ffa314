namespace Autocoder.Core.Engines;

/// <summary>What a run decides before each model call, for engines that call models themselves.</summary>
public interface IRunSteps
{
    /// <summary>
    /// Delivers prompts that steer, checks the limits, makes room in the context, and says what the next call is shown; or that
    /// the run is over.
    /// </summary>
    /// <param name="last">The step before; null before the first.</param>
    /// <param name="summarizer">Makes a summary, should one be needed.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    Task<StepDecision> NextAsync(StepReport? last, IContextSummarizer summarizer, CancellationToken cancellationToken);
}
