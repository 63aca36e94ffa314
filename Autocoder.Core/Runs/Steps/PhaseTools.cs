using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Runs.Steps;

/// <summary>Which tools each phase of a run offers. Pure.</summary>
internal static class PhaseTools
{
    private const string PlanTool = "UpdatePlan";

    /// <summary>The names of the tools that can be used now.</summary>
    /// <param name="profileTools">What the profile may use at all.</param>
    public static IReadOnlyList<string> Of(RunPhase phase, IReadOnlyList<string> profileTools, ToolExecutor tools) => phase switch
    {
        RunPhase.Analyse => [.. profileTools.Where(name => tools.EffectOf(name) is ToolEffect.ReadOnly)],
        RunPhase.Plan => [PlanTool],
        RunPhase.Execute => [.. profileTools.Union([PlanTool])],
        _ => profileTools,
    };

    /// <summary>Why a tool of the profile cannot be used now; null when all can.</summary>
    public static string? Reason(RunPhase phase) => phase switch
    {
        RunPhase.Analyse => "while the run analyses, before it has a plan",
        RunPhase.Plan => "while the plan is written",
        _ => null,
    };
}
