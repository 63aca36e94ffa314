namespace Autocoder.Core.Specs.Interviews;

/// <summary>The phases of the wizard, in their order.</summary>
public enum SpecPhase
{
    /// <summary>What is being built, for whom.</summary>
    Overview,

    /// <summary>Quick or detailed.</summary>
    Involvement,

    /// <summary>What it is built with, and whether it keeps data.</summary>
    Technology,

    /// <summary>What people see and do.</summary>
    Features,

    /// <summary>Tables, API, layout, look.</summary>
    TechnicalDetails,

    /// <summary>What "done" means.</summary>
    Success,

    /// <summary>The summary and the decision.</summary>
    Review,
}
