namespace Autocoder.Core.Profiles;

/// <summary>How a profile's runs begin.</summary>
public enum PlanningMode
{
    /// <summary>With the work, unless the person asks for a plan first.</summary>
    Direct,

    /// <summary>With an analysis and a plan.</summary>
    PlanFirst,

    /// <summary>With an analysis and a plan that a person approves.</summary>
    PlanApproved,
}
