using System.Globalization;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Web.Rendering;

/// <summary>What numbers and outcomes are called on the pages.</summary>
public static class Words
{
    /// <summary>For example <c>40 ms</c>, <c>8.4 s</c>, <c>2 min 5 s</c>.</summary>
    public static string Duration(long milliseconds) => milliseconds switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(milliseconds, 0)} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0} s"),
        < 3_600_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000} min {milliseconds / 1000 % 60} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 3_600_000} h {milliseconds / 60_000 % 60} min"),
    };

    /// <summary>For example <c>512 B</c>, <c>1.2 MB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:0.#} MB"),
    };

    /// <summary>For example <c>1 file</c>, <c>12,400 files</c>.</summary>
    public static string Count(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>How long ago, roughly, for lists.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalMinutes: < 60 } past => string.Create(CultureInfo.InvariantCulture, $"{(int)past.TotalMinutes} min"),
        { TotalHours: < 24 } past => string.Create(CultureInfo.InvariantCulture, $"{(int)past.TotalHours} h"),
        { TotalDays: < 14 } past => Count((int)past.TotalDays, "day"),
        { TotalDays: < 60 } past => Count((int)(past.TotalDays / 7), "week"),
        _ => at.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>For example <c>940</c>, <c>12.4k</c>, <c>1.2M</c>: how many tokens, where room is scarce.</summary>
    public static string Short(long count) => count switch
    {
        < 1000 => count.ToString(CultureInfo.InvariantCulture),
        < 100_000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count / 100.0) / 10:0.#}k"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1000}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count / 100_000.0) / 10:0.#}M"),
    };

    /// <summary>In US dollars: <c>$1.42</c>, and <c>under 1 cent</c> for what would look like nothing.</summary>
    public static string Cost(decimal dollars) => dollars switch
    {
        <= 0 => "$0",
        < 0.01m => "under 1 cent",
        _ => string.Create(CultureInfo.InvariantCulture, $"${dollars:N2}"),
    };

    /// <summary>What several look-ups did: <c>Read 3 files, searched 2 times</c>.</summary>
    public static string LookUps(IReadOnlyList<ToolCallItem> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        var reads = calls.Count(call => call.Tool is "Read");
        var searches = calls.Count(call => call.Tool is "Grep" or "Glob");
        var others = calls.Count - reads - searches;
        string[] parts =
        [
            reads > 0 ? $"looked at {Count(reads, "file")}" : "",
            searches > 0 ? $"searched {Count(searches, "time")}" : "",
            others > 0 ? reads + searches > 0 ? $"asked {Count(others, "other thing")}" : $"looked up {Count(others, "thing")}" : "",
        ];
        var text = string.Join(", ", parts.Where(part => part.Length > 0));
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
