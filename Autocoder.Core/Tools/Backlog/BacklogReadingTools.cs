using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Features;

namespace Autocoder.Core.Tools.Backlog;

/// <summary>The tools that look at the backlog. All return JSON.</summary>
internal static class BacklogReadingTools
{
    private const int DefaultPage = 100;
    private const int MaxPage = 200;
    private const int DefaultReady = 10;
    private const int DefaultBlocked = 20;
    private const int DefaultRegression = 3;

    private static readonly string[] Statuses = ["passing", "in_progress", "open"];

    public static IEnumerable<ITool> Over(FeatureBacklog backlog) => [.. OfOne(backlog), .. OfMany(backlog)];

    private static IEnumerable<ITool> OfOne(FeatureBacklog backlog)
    {
        yield return Reading(
            "feature_get_stats",
            "How far the project is: passing, in_progress, total, percentage.",
            new ToolSchema(),
            _ => "Look at the progress",
            async (_, project, token) => FeatureJson.Write(await backlog.GetStatsAsync(project, token).ConfigureAwait(false)));

        yield return Reading(
            "feature_get_next",
            "The feature to build next, in full: ready, and unblocking the most others. feature is absent when nothing is ready.",
            new ToolSchema(),
            _ => "Look for the next feature",
            async (_, project, token) => FeatureJson.Write(new
            {
                Feature = await backlog.GetNextAsync(project, token).ConfigureAwait(false) is { } next ? FeatureJson.Whole(next) : null,
            }));

        yield return Reading(
            "feature_get_by_id",
            "One feature in full.",
            new ToolSchema().FeatureId(),
            arguments => string.Create(CultureInfo.InvariantCulture, $"Look at feature {arguments.Number("feature_id")}"),
            async (arguments, project, token) =>
            {
                var number = arguments.FeatureId();
                var feature = await backlog.FindAsync(project, number, token).ConfigureAwait(false)
                    ?? throw new FeatureException($"The backlog has no feature {number}.");
                return FeatureJson.Write(new { Feature = FeatureJson.Whole(feature) });
            });
    }

    private static IEnumerable<ITool> OfMany(FeatureBacklog backlog)
    {
        yield return Reading(
            "feature_list",
            "Features in the order of their ids, without descriptions and steps. next_offset is there when there are more.",
            new ToolSchema()
                .Choice("status", "Only those.", Statuses, required: false)
                .Text("category", "Only those of this category.", FeatureLimits.CategoryLength, required: false)
                .Number("offset", "How many to leave out at the beginning.", 0, FeatureLimits.FeaturesPerProject, required: false)
                .Number("limit", "The most to return, 100 when absent.", 1, MaxPage, required: false),
            arguments => arguments.OptionalText("status") is { } status ? $"List the features: {status}" : "List the features",
            async (arguments, project, token) => Page(await backlog.ListAsync(project, token).ConfigureAwait(false), arguments));

        yield return Reading(
            "feature_get_ready",
            "What can be built now, the best first. score says how many features wait for it.",
            new ToolSchema().Limit(FeatureBacklog.ReadyLimit, DefaultReady),
            _ => "Look what can be built now",
            async (arguments, project, token) =>
            {
                var limit = arguments.Number("limit") ?? DefaultReady;
                var ready = await backlog.GetReadyAsync(project, limit, token).ConfigureAwait(false);
                return FeatureJson.WriteList(new { ready.Count }, "features", ready.Select(FeatureJson.Summary));
            });

        yield return Reading(
            "feature_get_blocked",
            "What waits for other features; blocked_by has the ids of those that do not pass.",
            new ToolSchema().Limit(FeatureBacklog.BlockedLimit, DefaultBlocked),
            _ => "Look what is blocked",
            async (arguments, project, token) =>
            {
                var limit = arguments.Number("limit") ?? DefaultBlocked;
                var blocked = await backlog.GetBlockedAsync(project, limit, token).ConfigureAwait(false);
                return FeatureJson.WriteList(new { blocked.Count }, "features", blocked.Select(FeatureJson.Summary));
            });

        yield return Reading(
            "feature_get_for_regression",
            "Passing features to check again, in full, those first that were not checked for longest. After each check say what you "
            + "saw with feature_mark_passing or feature_mark_failing.",
            new ToolSchema().Limit(FeatureBacklog.RegressionLimit, DefaultRegression),
            _ => "Look for features to check again",
            async (arguments, project, token) =>
            {
                var limit = arguments.Number("limit") ?? DefaultRegression;
                var passing = await backlog.GetForRegressionAsync(project, limit, token).ConfigureAwait(false);
                return FeatureJson.WriteList(new { passing.Count }, "features", passing.Select(FeatureJson.Whole));
            });
    }

    private static FeatureTool Reading(
        string name,
        string description,
        ToolSchema arguments,
        Func<ToolArguments, string> title,
        Func<ToolArguments, Guid, CancellationToken, Task<string>> run) =>
        new(name, description, arguments, ToolEffect.ReadOnly, title, run);

    private static string Page(IReadOnlyList<Feature> backlog, ToolArguments arguments)
    {
        var status = arguments.OptionalText("status");
        var category = arguments.OptionalText("category");
        Feature[] wanted =
        [
            .. backlog.Where(feature => (status is null || status == StatusOf(feature))
                && (category is null || category.Equals(feature.Category, StringComparison.OrdinalIgnoreCase))),
        ];
        var offset = arguments.Number("offset") ?? 0;
        var end = Math.Min(wanted.Length, offset + (arguments.Number("limit") ?? DefaultPage));
        return FeatureJson.WriteList(
            new { Total = wanted.Length, NextOffset = end < wanted.Length ? end : (int?)null },
            "features",
            wanted.Take(end).Skip(offset).Select(FeatureJson.Summary));
    }

    private static string StatusOf(Feature feature) => feature switch
    {
        { Passes: true } => Statuses[0],
        { InProgress: true } => Statuses[1],
        _ => Statuses[2],
    };
}
