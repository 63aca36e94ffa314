using System.Globalization;
using Autocoder.Core.Conversations.Ledgers;
using Autocoder.Web.Rendering;

namespace Autocoder.Web.Exports;

/// <summary>What stands at the top of the report of a run.</summary>
internal static class RunReport
{
    public static IReadOnlyList<(string Name, string Value)> FactsOf(LedgerRun run)
    {
        var usage = run.Usage + run.SubAgentUsage;
        return
        [
            ("Outcome", run.Outcome is { } outcome ? RunWords.Outcome(outcome) : "Still at work"),
            .. run.Error is { } error ? [("Why", error)] : Array.Empty<(string, string)>(),
            ("Began", string.Create(CultureInfo.InvariantCulture, $"{run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")),
            ("Took", Words.Duration((long)run.Elapsed.TotalMilliseconds)),
            ("Agent", run.Profile),
            ("Engine", run.Model is { Length: > 0 } model ? $"{run.Engine}, {model}" : run.Engine),
            ("Steps", run.Steps.ToString(CultureInfo.InvariantCulture)),
            ("Tool calls", $"{run.ToolCalls.ToString(CultureInfo.InvariantCulture)}, of which {run.Failures.ToString(CultureInfo.InvariantCulture)} did not work"),
            ("Asked a person", Words.Count(run.Asks, "time")),
            ("Files changed", run.Files.Count == 0 ? "none" : string.Join(", ", run.Files)),
            ("Tokens", RunWords.Tokens(usage)),
            ("Cost", usage.CostUsd > 0 ? Words.Cost(usage.CostUsd) : "not known, or nothing"),
        ];
    }
}
