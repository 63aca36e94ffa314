using System.Globalization;
using Autocoder.Core.Conversations;
using Autocoder.Core.Features;

namespace Autocoder.Core.Tools.Backlog;

/// <summary>The tools that change the backlog. All return JSON; a refusal changes nothing and says why.</summary>
internal static class BacklogWritingTools
{
    public static IEnumerable<ITool> Over(FeatureBacklog backlog) =>
        [.. Creating(backlog), .. Working(backlog), .. Connecting(backlog)];

    private static IEnumerable<ITool> Creating(FeatureBacklog backlog)
    {
        yield return new FeatureTool(
            "feature_create_bulk",
            "Adds features to the backlog: all of them, or none. depends_on_indices are positions in this call, from 0, and point to "
            + "earlier entries only; depends_on are ids of features created before. Names that are taken are refused and listed.",
            new ToolSchema().List(
                "features",
                "In the order they should be built.",
                new ToolSchema()
                    .Draft()
                    .Numbers("depends_on_indices", "Positions of earlier entries of this call that must pass before.", FeatureLimits.Dependencies),
                1,
                FeatureLimits.FeaturesPerCall),
            ToolEffect.SideEffect,
            arguments => $"Create {ToolText.Count(arguments.List("features").Count, "feature")}",
            async (arguments, project, token) =>
            {
                FeatureDraft[] drafts = [.. arguments.List("features").Select(each => each.ReadDraft())];
                var created = await backlog.CreateBulkAsync(project, drafts, token).ConfigureAwait(false);
                return FeatureJson.WriteList(
                    new { Created = created.Count }, "features", created.Select(feature => new { Id = feature.Number, feature.Name }));
            });

        yield return new FeatureTool(
            "feature_create",
            "Adds one feature at the end of the backlog.",
            new ToolSchema().Draft(),
            ToolEffect.SideEffect,
            arguments => $"Create the feature {arguments.Text("name")}",
            async (arguments, project, token) =>
            {
                var created = await backlog.CreateBulkAsync(project, [arguments.ReadDraft()], token).ConfigureAwait(false);
                return FeatureJson.Changed(created[0]);
            });
    }

    private static IEnumerable<ITool> Working(FeatureBacklog backlog)
    {
        yield return Changing(
            "feature_claim_and_get",
            "Takes a feature on and returns it in full. already_claimed says that it was in progress before.",
            new ToolSchema().FeatureId(),
            "Begin",
            async (arguments, project, token) =>
            {
                var claim = await backlog.ClaimAsync(project, arguments.FeatureId(), token).ConfigureAwait(false);
                return FeatureJson.Write(new { claim.AlreadyClaimed, Feature = FeatureJson.Whole(claim.Feature) });
            });

        yield return Changing(
            "feature_clear_in_progress",
            "Gives a feature back that was taken on.",
            new ToolSchema().FeatureId(),
            "Give back",
            async (arguments, project, token) => FeatureJson.Changed(
                await backlog.ClearInProgressAsync(project, arguments.FeatureId(), token).ConfigureAwait(false)));

        yield return Changing(
            "feature_mark_passing",
            "Records that a feature was shown to work. Only after checking it: the evidence is kept and shown to the person.",
            new ToolSchema().FeatureId().Text(
                "evidence", "The command that was run and its exit code, or a test and its result.", FeatureLimits.EvidenceLength, minLength: 1),
            "Mark as passing:",
            async (arguments, project, token) => FeatureJson.Changed(
                await backlog.MarkPassingAsync(project, arguments.FeatureId(), arguments.Text("evidence"), token).ConfigureAwait(false)));

        yield return Changing(
            "feature_mark_failing",
            "Records that a feature does not work, or no longer.",
            new ToolSchema().FeatureId().Text("reason", "What was seen.", FeatureLimits.EvidenceLength, required: false),
            "Mark as failing:",
            async (arguments, project, token) => FeatureJson.Changed(
                await backlog.MarkFailingAsync(project, arguments.FeatureId(), arguments.OptionalText("reason"), token).ConfigureAwait(false)));

        yield return Changing(
            "feature_skip",
            "Puts a feature at the end of the backlog and gives it back.",
            new ToolSchema().FeatureId(),
            "Skip",
            async (arguments, project, token) => FeatureJson.Changed(
                await backlog.SkipAsync(project, arguments.FeatureId(), token).ConfigureAwait(false)));
    }

    private static IEnumerable<ITool> Connecting(FeatureBacklog backlog)
    {
        yield return Changing(
            "feature_add_dependency",
            "Makes a feature wait for another. Refused when the two would wait for each other.",
            new ToolSchema().FeatureId().Number("depends_on", "The id of the feature that must pass first.", 1, int.MaxValue),
            "Add a dependency to",
            async (arguments, project, token) => FeatureJson.Changed(await backlog
                .AddDependencyAsync(project, arguments.FeatureId(), arguments.Number("depends_on") ?? 0, token).ConfigureAwait(false)));

        yield return Changing(
            "feature_remove_dependency",
            "Makes a feature no longer wait for another.",
            new ToolSchema().FeatureId().Number("depends_on", "The id of the feature it waits for.", 1, int.MaxValue),
            "Remove a dependency from",
            async (arguments, project, token) => FeatureJson.Changed(await backlog
                .RemoveDependencyAsync(project, arguments.FeatureId(), arguments.Number("depends_on") ?? 0, token).ConfigureAwait(false)));
    }

    private static FeatureTool Changing(
        string name,
        string description,
        ToolSchema arguments,
        string verb,
        Func<ToolArguments, Guid, CancellationToken, Task<string>> run) =>
        new(
            name,
            description,
            arguments,
            ToolEffect.Idempotent,
            given => string.Create(CultureInfo.InvariantCulture, $"{verb} feature {given.Number("feature_id")}"),
            run);
}
