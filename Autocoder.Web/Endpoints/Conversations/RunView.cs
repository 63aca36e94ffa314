using Autocoder.Core.Conversations;

namespace Autocoder.Web.Endpoints.Conversations;

/// <summary>A run at work.</summary>
/// <param name="PromptId">The prompt it answers.</param>
/// <param name="IsStopping">Somebody asked it to stop.</param>
/// <param name="Steps">How many model calls were begun.</param>
/// <param name="Usage">The sum over the steps that have ended.</param>
public sealed record RunView(
    Guid RunId, Guid PromptId, string Engine, string Profile, RunPhase Phase, DateTimeOffset StartedAt, bool IsStopping,
    int Steps, int ToolCalls, TokenUsage Usage)
{
    /// <summary>Puts a run into the form scripts get.</summary>
    public static RunView Of(RunState run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new RunView(
            run.RunId, run.Started.PromptId, run.Started.Engine, run.Started.Profile, run.Phase, run.StartedAt, run.IsStopping,
            run.Steps, run.ToolCalls, run.Usage);
    }
}
