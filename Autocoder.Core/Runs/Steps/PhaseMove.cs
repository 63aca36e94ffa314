using Autocoder.Core.Conversations;

namespace Autocoder.Core.Runs.Steps;

/// <summary>What a run that plans first has to do before its next model call.</summary>
internal sealed record PhaseMove
{
    private PhaseMove()
    {
    }

    /// <summary>Nothing.</summary>
    public static PhaseMove Stay { get; } = new();

    /// <summary>Ask the person to approve the plan, or the work without one.</summary>
    public static PhaseMove Ask { get; } = new() { AsksForApproval = true };

    /// <summary>End: the person rejected the plan for good.</summary>
    public static PhaseMove GiveUp { get; } = new() { GivesUp = true };

    /// <summary>Write the plan now.</summary>
    public static PhaseMove ToPlan { get; } = new() { Phase = RunPhase.Plan };

    /// <summary>The phase to go to; null for none.</summary>
    public RunPhase? Phase { get; private init; }

    /// <summary>Why, where it is not the usual way.</summary>
    public string? Note { get; private init; }

    public bool AsksForApproval { get; private init; }

    public bool GivesUp { get; private init; }

    /// <summary>Begin with the work.</summary>
    public static PhaseMove ToExecute(string? note) => new() { Phase = RunPhase.Execute, Note = note };
}
