using System.Text;
using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Answers questions about single features and about the list of all.</summary>
internal static class FeatureAnswer
{
    private const int MostPerCategory = 40;

    public static string? All(Lookups lookups)
    {
        if (lookups.Features() is not { } features)
        {
            return null;
        }

        if (features.Count == 0)
        {
            return ProgressAnswer.NoBacklog;
        }

        var text = new StringBuilder($"The backlog has {Markdown.Count(features.Count, "feature")}.");
        foreach (var category in features.GroupBy(feature => feature.Category))
        {
            text.Append("\n\n**").Append(Markdown.Plain(category.Key)).Append("**\n")
                .AppendJoin("", category.Take(MostPerCategory).Select(feature => "\n" + Line(feature)));
            if (category.Skip(MostPerCategory).Any())
            {
                text.Append("\n- and ").Append(category.Count() - MostPerCategory).Append(" more");
            }
        }

        return text.ToString();
    }

    public static string? One(Lookups lookups, int number)
    {
        var stats = lookups.Stats();
        var feature = lookups.Feature(number);
        if (stats is null || feature is null)
        {
            return null;
        }

        if (feature.Id == 0)
        {
            return stats.Total == 0
                ? ProgressAnswer.NoBacklog
                : $"The backlog has no feature {number}. It has {Markdown.Count(stats.Total, "feature")}; `list the features` shows them.";
        }

        var text = new StringBuilder($"**Feature {feature.Id}: {Markdown.Plain(feature.Name)}** ({Markdown.Plain(feature.Category)}), {State(feature)}.")
            .Append("\n\n").Append(Markdown.Plain(feature.Description))
            .Append("\n\nTo check it:\n")
            .AppendJoin("", feature.Steps.Index().Select(step => $"\n{step.Index + 1}. {Markdown.Plain(step.Item)}"));
        if (feature.DependsOn.Count > 0)
        {
            text.Append("\n\nIt needs ").Append(feature.DependsOn.Count == 1 ? "feature " : "the features ").AppendJoin(", ", feature.DependsOn).Append(" first.");
        }

        if (!string.IsNullOrWhiteSpace(feature.Evidence))
        {
            text.Append("\n\nThe last check: ").Append(Markdown.Plain(feature.Evidence));
        }

        return text.ToString();
    }

    public static string Line(BacklogEntry feature) =>
        $"- {feature.Id}. {Markdown.Plain(feature.Name)}{(feature.Passes ? " ✓ done" : feature.InProgress ? " … in progress" : "")}";

    private static string State(BacklogEntry feature) =>
        feature.Passes ? "done" : feature.InProgress ? "in progress" : "not begun";
}
