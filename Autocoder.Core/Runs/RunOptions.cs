using System.ComponentModel.DataAnnotations;

namespace Autocoder.Core.Runs;

/// <summary>How runs are run. Bound to <c>Autocoder:Runs</c>.</summary>
public sealed class RunOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Autocoder:Runs";

    /// <summary>The most time a tool may ask for to finish what must not be cut, from the request to stop on.</summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(15);

    /// <summary>How long a run may take to end by itself after a stop, before the stop becomes urgent.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan SoftStop { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a run may take to end after an urgent stop, before it is ended without its engine.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan HardStop { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest prompt, in characters.</summary>
    [Range(1_000, 4_000_000)]
    public int MaxPromptLength { get; set; } = 500_000;

    /// <summary>How deep sub-agents may start sub-agents.</summary>
    [Range(0, 5)]
    public int MaxSubAgentDepth { get; set; } = 2;

    /// <summary>How many sub-agents of one run may work at once.</summary>
    [Range(1, 32)]
    public int MaxSubAgents { get; set; } = 4;

    /// <summary>The least time between two commits of one growing text.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan TextInterval { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>How long nothing may be heard of an engine, while no tool runs and nobody is waited for, before that is told.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StallAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many steps a run that plans first may take before it has a plan.</summary>
    [Range(3, 100)]
    public int PlanningSteps { get; set; } = 6;

    /// <summary>How long a run that plans first may work before it has a plan.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "02:00:00")]
    public TimeSpan PlanningTime { get; set; } = TimeSpan.FromMinutes(5);
}
