namespace Autocoder.Core.Specs;

/// <summary>The content of <c>prompts/.spec_status.json</c>, written last; tools of this kind look for it.</summary>
internal sealed record SpecStatus(
    string Status, int Version, DateTimeOffset Timestamp, IReadOnlyList<string> FilesWritten, int FeatureCount);
