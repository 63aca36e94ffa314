using System.Text.Json;

namespace Autocoder.Core.Engines.Models.Offline.Looking;

/// <summary>The project's backlog, as far as the feature tools of the run have shown it. Null always means: not yet.</summary>
internal static class Backlog
{
    private const int PageSize = 200;
    private const int MaxPages = 20;

    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The counts; all zero when the tool refused.</summary>
    /// <param name="occurrence">2 to look again after a change.</param>
    public static BacklogStats? Stats(this Lookups lookups, int occurrence = 1) =>
        Parse(lookups.Use("feature_get_stats", new { }, occurrence), new BacklogStats(0, 0, 0, 0));

    /// <summary>One feature; one with the id 0 when there is none.</summary>
    public static BacklogEntry? Feature(this Lookups lookups, int id) =>
        Parse(lookups.Use("feature_get_by_id", new { feature_id = id }), new One(null)) is { } one ? one.Feature ?? new BacklogEntry() : null;

    /// <summary>What to build next; one with the id 0 when nothing is ready.</summary>
    public static BacklogEntry? NextFeature(this Lookups lookups) =>
        Parse(lookups.Use("feature_get_next", new { }), new One(null)) is { } one ? one.Feature ?? new BacklogEntry() : null;

    public static BacklogPage? Ready(this Lookups lookups) =>
        Parse(lookups.Use("feature_get_ready", new { limit = 10 }), new BacklogPage([]));

    public static BacklogPage? Blocked(this Lookups lookups) =>
        Parse(lookups.Use("feature_get_blocked", new { limit = 20 }), new BacklogPage([]));

    /// <summary>Every feature, page after page.</summary>
    public static IReadOnlyList<BacklogEntry>? Features(this Lookups lookups)
    {
        var all = new List<BacklogEntry>();
        for (var pages = 0; pages < MaxPages; pages++)
        {
            object arguments = all.Count == 0 ? new { limit = PageSize } : new { limit = PageSize, offset = all.Count };
            if (Parse(lookups.Use("feature_list", arguments), new BacklogPage([])) is not { } page)
            {
                return null;
            }

            all.AddRange(page.Entries);
            if (page.Entries.Count == 0 || (page.NextOffset is null && !page.Truncated))
            {
                break;
            }
        }

        return all;
    }

    private static T? Parse<T>(ToolAnswer? answer, T otherwise)
        where T : class
    {
        if (answer is null)
        {
            return null;
        }

        try
        {
            return answer.Succeeded ? JsonSerializer.Deserialize<T>(answer.Output, Form) ?? otherwise : otherwise;
        }
        catch (JsonException)
        {
            return otherwise;
        }
    }

    private sealed record One(BacklogEntry? Feature);
}
