namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>What became of the skeleton: what was written, and what was there before.</summary>
internal sealed record WrittenFiles(IReadOnlyList<string> Written, IReadOnlyList<string> Kept);
