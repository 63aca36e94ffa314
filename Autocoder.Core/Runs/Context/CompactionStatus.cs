namespace Autocoder.Core.Runs.Context;

/// <summary>What has become of a compaction.</summary>
public enum CompactionStatus
{
    /// <summary>It is at work.</summary>
    Working,

    /// <summary>It holds: the model is shown less.</summary>
    Completed,

    /// <summary>Nothing was changed.</summary>
    Failed,

    /// <summary>A person took it back.</summary>
    Reverted,
}
