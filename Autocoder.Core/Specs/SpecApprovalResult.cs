namespace Autocoder.Core.Specs;

/// <summary>A specification that was approved: its files are written and read back, its version is stored.</summary>
/// <param name="Files">Paths inside the project folder, with <c>/</c>, in the order they were written.</param>
public sealed record SpecApprovalResult(int Version, string Hash, IReadOnlyList<string> Files, int FeatureCount);
