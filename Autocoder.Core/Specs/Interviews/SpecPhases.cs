namespace Autocoder.Core.Specs.Interviews;

/// <summary>What people are told about the phases.</summary>
public static class SpecPhases
{
    /// <summary>All phases, in order.</summary>
    public static IReadOnlyList<SpecPhase> All { get; } = Enum.GetValues<SpecPhase>();

    /// <summary>The phase's name on the rail: <c>Technical details</c>.</summary>
    public static string Title(SpecPhase phase) => phase switch
    {
        SpecPhase.Overview => "Overview",
        SpecPhase.Involvement => "Involvement",
        SpecPhase.Technology => "Technology",
        SpecPhase.Features => "Features",
        SpecPhase.TechnicalDetails => "Technical details",
        SpecPhase.Success => "Success",
        SpecPhase.Review => "Review",
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };

    /// <summary>What a phase is about, in a few words.</summary>
    public static string About(SpecPhase phase) => phase switch
    {
        SpecPhase.Overview => "The name, the idea, and who it is for",
        SpecPhase.Involvement => "How much you want to decide yourself",
        SpecPhase.Technology => "What it is built with, and whether it keeps data",
        SpecPhase.Features => "What people see and do",
        SpecPhase.TechnicalDetails => "Data, layout and look",
        SpecPhase.Success => "What done means to you",
        SpecPhase.Review => "The summary, and your decision",
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };
}
