namespace Autocoder.Core.Engines.Models.Offline.Initializing;

/// <summary>A file that the initializer writes where there is none yet.</summary>
internal sealed record SkeletonFile(string Path, string Content);
