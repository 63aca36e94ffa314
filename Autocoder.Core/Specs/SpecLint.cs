namespace Autocoder.Core.Specs;

/// <summary>Checks a specification by rules, without a model: the same document gives the same findings, errors first.</summary>
public static class SpecLint
{
    /// <summary>All findings; none of severity <see cref="SpecSeverity.Error"/> means it can be approved.</summary>
    public static IReadOnlyList<SpecFinding> Check(SpecDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        IEnumerable<SpecFinding> findings =
        [
            .. SpecLintStructure.Check(document),
            .. SpecLintDependencies.Check(document),
            .. SpecLintWording.Check(document),
            .. SpecLintData.Check(document),
        ];
        return [.. findings.OrderByDescending(finding => finding.Severity)];
    }
}
