namespace Autocoder.Core.Conversations;

/// <summary>What part of its work a run is in.</summary>
public enum RunPhase
{
    /// <summary>No phases: the agent does what the prompt says.</summary>
    Direct,

    /// <summary>Looks only.</summary>
    Analyse,

    /// <summary>Writes the plan, and waits for its approval where one is wanted.</summary>
    Plan,

    /// <summary>Carries the plan out.</summary>
    Execute,
}
