namespace Autocoder.Core.Runs.Approvals;

/// <summary>Which tools a sub-agent has. Pure.</summary>
internal static class SubAgentTools
{
    /// <param name="profile">The tools of its profile.</param>
    /// <param name="parent">The tools its parent has.</param>
    /// <param name="hasOwnProfile">Whether the profile is its own; one it got from its parent was not meant for a sub-agent.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> profile, IReadOnlyList<string> parent, bool hasOwnProfile) =>
        [.. profile.Where(tool => tool != "AskUser" && (hasOwnProfile || tool is not ("Agent" or "UpdatePlan")) && parent.Contains(tool))];
}
