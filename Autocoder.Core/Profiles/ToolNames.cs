namespace Autocoder.Core.Profiles;

/// <summary>Groups of tools that profiles share.</summary>
internal static class ToolNames
{
    /// <summary>Looks at files.</summary>
    public static readonly string[] Files = ["Read", "Glob", "Grep"];

    /// <summary>Looks at the backlog.</summary>
    public static readonly string[] Backlog =
        ["feature_get_stats", "feature_get_next", "feature_list", "feature_get_by_id", "feature_get_ready", "feature_get_blocked"];

    /// <summary>Changes the backlog, or asks it for work.</summary>
    public static readonly string[] BacklogWork =
    [
        "feature_get_for_regression", "feature_create_bulk", "feature_create", "feature_claim_and_get",
        "feature_clear_in_progress", "feature_mark_passing", "feature_mark_failing",
        "feature_skip", "feature_add_dependency", "feature_remove_dependency",
    ];
}
