using Autocoder.Core.Conversations;

namespace Autocoder.Core.Profiles;

/// <summary>What an agent is: its instructions, its tools, its permissions and its limits.</summary>
/// <param name="Id">As events store it: <c>coder</c>.</param>
/// <param name="Version">Stored with each run, so that a run can be explained later. Raised with every change of the profile.</param>
/// <param name="Instructions">The system prompt for engines that use a model.</param>
/// <param name="Tools">Names of the tools it may use; all others are refused.</param>
/// <param name="MaxSteps">The most model calls of one run.</param>
public sealed record Profile(
    string Id, int Version, ConversationKind Surface, string Instructions, IReadOnlyList<string> Tools, int MaxSteps)
{
    /// <summary>What it may do with its tools; the last rule that matches decides. Without a match: look, yes; anything else, ask.</summary>
    public IReadOnlyList<PermissionRule> Permissions { get; init; } = [];

    /// <summary>The most tokens of one run, its sub-agents included; null for no limit.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>The most US dollars of one run, its sub-agents included; null for no limit.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>The longest time of one run, waiting for the person not counted; null for no limit.</summary>
    public int? MaxMinutes { get; init; }

    /// <summary>Whether its runs analyse and plan before they change anything, and whether a person approves the plan.</summary>
    public PlanningMode Planning { get; init; }

    /// <summary>What is added to the instructions of each call; empty for nothing.</summary>
    public string SteeringNotes { get; init; } = "";

    /// <summary>All its limits.</summary>
    public RunLimits Limits => new(MaxSteps, MaxTokens, MaxCostUsd, MaxMinutes);
}
