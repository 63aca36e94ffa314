using Autocoder.Core.Conversations;
using Autocoder.Core.Features;
using Autocoder.Core.Projects;
using Autocoder.Core.Specs;
using Autocoder.Web.Components.Parts;

namespace Autocoder.Web.Components.Pages.Projects;

/// <summary>Brings together what the home page says about each project.</summary>
public sealed class ProjectOverviews(ProjectRegistry projects, IConversationList conversations, FeatureBacklog features, SpecVersions versions)
{
    /// <summary>All projects: those that wait for the person first, then those opened last.</summary>
    public async Task<IReadOnlyList<ProjectOverview>> ListAsync(CancellationToken cancellationToken)
    {
        var overviews = new List<ProjectOverview>();
        foreach (var project in await projects.ListAsync(cancellationToken))
        {
            overviews.Add(await ReadAsync(project, cancellationToken));
        }

        return [.. overviews.OrderByDescending(overview => overview.Waiting.Count > 0)];
    }

    private async Task<ProjectOverview> ReadAsync(Project project, CancellationToken cancellationToken)
    {
        var all = await conversations.ListAsync(project.Id, surface: null, trashed: false, cancellationToken);
        var stats = await features.GetStatsAsync(project.Id, cancellationToken);
        var version = await versions.FindLatestAsync(project.Id, cancellationToken);
        var spec = all.FirstOrDefault(conversation => conversation.Surface is ConversationKind.Spec);
        return new ProjectOverview(
            project, stats, all.Count > 0 ? all[0] : null, [.. all.Where(conversation => conversation.Status is ConversationStatus.NeedsYou)], SpecWord(version, spec))
        {
            Status = Worst(all),
        };
    }

    private static string SpecWord(SpecVersion? version, ConversationSummary? spec) =>
        version is not null ? $"v{version.Number} approved"
        : spec is null or { Status: ConversationStatus.New } ? "not begun" : "draft";

    private static Status Worst(IReadOnlyList<ConversationSummary> all) =>
        all.Any(conversation => conversation.Status is ConversationStatus.NeedsYou) ? Status.NeedsYou
        : all.Any(conversation => conversation.Status is ConversationStatus.Running) ? Status.Running
        : all.Count > 0 ? Signs.Of(all[0].Status) : Status.Idle;
}
