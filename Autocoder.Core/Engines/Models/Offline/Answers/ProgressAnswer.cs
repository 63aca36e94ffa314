using System.Globalization;
using System.Text;
using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Answers "how far is this project?" and "what is next?" from the backlog.</summary>
internal static class ProgressAnswer
{
    public const string NoBacklog =
        "There is no backlog yet, so there is no progress to report. Finish the specification wizard, then run **Initialize project** "
        + "in the agent console: it creates the features.";

    private const int MostListed = 8;

    public static string? Write(Lookups lookups)
    {
        if (lookups.Stats() is not { } stats)
        {
            return null;
        }

        if (stats.Total == 0)
        {
            return WithoutBacklog(lookups);
        }

        var next = lookups.NextFeature();
        var features = lookups.Features();
        var blocked = lookups.Blocked();
        return next is null || features is null || blocked is null ? null : WriteWhole(stats, next, features, blocked);
    }

    /// <summary>The counts in one sentence.</summary>
    public static string Sentence(BacklogStats stats) => stats.Total == 0
        ? NoBacklog
        : string.Create(
            CultureInfo.InvariantCulture,
            $"**{stats.Passing} of {Markdown.Count(stats.Total, "feature")} {(stats.Passing == 1 ? "is" : "are")} done ({stats.Percentage:0.#} %)**, {stats.InProgress} in progress, {stats.Total - stats.Passing - stats.InProgress} not begun.");

    private static string? WithoutBacklog(Lookups lookups) =>
        lookups.Glob(OverviewAnswer.SpecPath) is not { } spec ? null
        : spec.Paths.Count > 0
            ? $"There is no backlog yet, but the specification is there (`{OverviewAnswer.SpecPath}`). Run **Initialize project** in the "
                + "agent console: it creates the features from it."
            : NoBacklog;

    private static string WriteWhole(BacklogStats stats, BacklogEntry next, IReadOnlyList<BacklogEntry> features, BacklogPage blocked)
    {
        var text = new StringBuilder(Sentence(stats));
        AppendCategories(text, features);
        Append(text, "In progress", features.Where(feature => feature.InProgress));
        Append(text, "Done", features.Where(feature => feature.Passes));
        if (next.Id > 0)
        {
            text.Append("\n\n**Next**: feature ").Append(next.Id).Append(", ").Append(Markdown.Plain(next.Name))
                .Append(" (").Append(Markdown.Plain(next.Category)).Append("). ").Append(Markdown.Plain(next.Description));
        }
        else
        {
            text.Append(stats.Passing == stats.Total ? "\n\nNothing is left: every feature is done." : "\n\nNothing can be begun right now; the rest waits for what is in progress.");
        }

        if (blocked.Entries.Count > 0)
        {
            var first = blocked.Entries[0];
            text.Append(CultureInfo.InvariantCulture, $"\n\n**Waiting for others**: {Markdown.Count(blocked.Entries.Count, "feature")}{(blocked.Entries.Count >= 20 ? " or more" : "")}, ")
                .Append(CultureInfo.InvariantCulture, $"for example {first.Id}, {Markdown.Plain(first.Name)}, which waits for {string.Join(", ", first.BlockedBy.Take(5))}.");
        }

        return text.ToString();
    }

    private static void AppendCategories(StringBuilder text, IReadOnlyList<BacklogEntry> features)
    {
        text.Append("\n\n| Category | Done | Of |\n| --- | ---: | ---: |");
        foreach (var category in features.GroupBy(feature => feature.Category))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n| {Markdown.Plain(category.Key)} | {category.Count(feature => feature.Passes)} | {category.Count()} |");
        }
    }

    private static void Append(StringBuilder text, string title, IEnumerable<BacklogEntry> features)
    {
        var all = features.ToList();
        if (all.Count > 0)
        {
            text.Append("\n\n**").Append(title).Append("**\n").AppendJoin("", all.Take(MostListed).Select(feature => "\n" + FeatureAnswer.Line(feature)));
            text.Append(all.Count > MostListed ? string.Create(CultureInfo.InvariantCulture, $"\n- and {all.Count - MostListed} more") : "");
        }
    }
}
