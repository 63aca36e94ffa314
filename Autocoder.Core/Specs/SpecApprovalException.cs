namespace Autocoder.Core.Specs;

/// <summary>A specification could not be approved. The message says what happened, what was kept and what to do.</summary>
/// <param name="code"><c>spec_has_errors</c>, <c>spec_files_refused</c>, <c>spec_files_differ</c> or <c>spec_not_stored</c>.</param>
public sealed class SpecApprovalException(
    string code, string message, IReadOnlyList<SpecFinding>? findings = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Stable.</summary>
    public string Code { get; } = code;

    /// <summary>The errors that block; none for a problem with the folder.</summary>
    public IReadOnlyList<SpecFinding> Findings { get; } = findings ?? [];
}
