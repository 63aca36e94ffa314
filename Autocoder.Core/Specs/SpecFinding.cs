namespace Autocoder.Core.Specs;

/// <summary>Something <see cref="SpecLint"/> noticed.</summary>
/// <param name="Rule">Stable name of the rule: <c>ids_unique</c>.</param>
/// <param name="Place">Where: a feature's id, a section, <c>tables/items</c>.</param>
/// <param name="Reason">For the person: what is wrong and what helps.</param>
public sealed record SpecFinding(SpecSeverity Severity, string Rule, string Place, string Reason);

/// <summary>How much a finding matters.</summary>
public enum SpecSeverity
{
    /// <summary>Worth a look; it does not stop anything.</summary>
    Warning,

    /// <summary>Blocks approval.</summary>
    Error,
}
