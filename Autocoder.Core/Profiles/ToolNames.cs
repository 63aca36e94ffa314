using Autocoder.Core.Conversations;

namespace Autocoder.Core.Profiles;

/// <summary>Groups of tools that profiles share, and rules for them.</summary>
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

    /// <summary>Rules that allow tools, whatever they touch.</summary>
    public static PermissionRule[] Allow(IEnumerable<string> tools) => Rules(tools, PermissionEffect.Allow);

    /// <summary>Rules by which a person is asked before each use of a tool.</summary>
    public static PermissionRule[] Ask(IEnumerable<string> tools) => Rules(tools, PermissionEffect.Ask);

    /// <summary>Rules that allow these tools and deny all others, so that nothing anybody saves can add one.</summary>
    public static PermissionRule[] Only(IEnumerable<string> tools) => [.. Rules(["*"], PermissionEffect.Deny), .. Allow(tools)];

    private static PermissionRule[] Rules(IEnumerable<string> tools, PermissionEffect effect) =>
        [.. tools.Select(tool => new PermissionRule(tool, "**", effect))];
}
