using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Tools;

/// <summary>Shows the person what the agent is going to do, and how far it is. Each call replaces the whole plan.</summary>
public sealed class UpdatePlanTool() : Tool(
    "UpdatePlan",
    "Shows your plan to the person. Send the complete list each time, in order: it replaces the one before. Keep the id of an entry as long "
    + "as it means the same. At most one entry is in_progress. A completed entry says in evidence how you know that it is done. Use it for work "
    + "of three or more steps, and update it as soon as a step is done.",
    new ToolSchema().List(
        "entries",
        "The whole plan.",
        new ToolSchema()
            .Text("id", "Stable over updates, for example \"1\".", 64, minLength: 1)
            .Text("text", "What is done in this step, in a few words.", MaxTextLength, minLength: 1)
            .Choice("status", "Where it stands.", StatusNames.Keys)
            .Text("evidence", "For completed: what you ran or saw that shows it, in a sentence.", MaxTextLength, required: false)
            .Choice("priority", "How much it matters; normal when absent.", PriorityNames.Keys, required: false)
            .Text("executor", "Who does it, if not you: a tool or a sub-agent, by name.", MaxExecutorLength, required: false),
        minItems: 1,
        maxItems: MaxEntries),
    ToolEffect.Idempotent)
{
    /// <summary>The most entries of any plan.</summary>
    public const int MaxEntries = 50;

    /// <summary>The most entries of a plan that was made, and perhaps approved, before the work began.</summary>
    public const int MaxPlannedEntries = 15;

    /// <summary>The most characters of an entry's text, and of its evidence.</summary>
    public const int MaxTextLength = 300;

    private const int MaxExecutorLength = 100;

    private static readonly Dictionary<string, PlanEntryStatus> StatusNames = new(StringComparer.Ordinal)
    {
        ["pending"] = PlanEntryStatus.Pending,
        ["in_progress"] = PlanEntryStatus.InProgress,
        ["completed"] = PlanEntryStatus.Completed,
        ["failed"] = PlanEntryStatus.Failed,
        ["skipped"] = PlanEntryStatus.Skipped,
        ["cancelled"] = PlanEntryStatus.Cancelled,
    };

    private static readonly Dictionary<string, PlanEntryPriority> PriorityNames = new(StringComparer.Ordinal)
    {
        ["high"] = PlanEntryPriority.High,
        ["normal"] = PlanEntryPriority.Normal,
        ["low"] = PlanEntryPriority.Low,
    };

    private protected override string TitleOf(ToolArguments arguments) =>
        arguments.List("entries").FirstOrDefault(entry => entry.Text("status") == "in_progress").OptionalText("text") is { } now
            ? $"Update the plan: {now}"
            : "Update the plan";

    private protected override async Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        PlanEntry[] entries = [.. arguments.List("entries").Select(ToEntry)];
        var problem = FindProblem(entries);
        if (problem is null)
        {
            // Looked at in the commit: only there it is certain in which phase the run is.
            await context.Run.RecordAsync(
                state => (problem = FindTooLong(state.Run, entries)) is null ? new PlanUpdated((state.Run?.PlanRevision ?? 0) + 1, entries) : null,
                cancellationToken).ConfigureAwait(false);
        }

        var done = entries.Count(entry => entry.Status is not (PlanEntryStatus.Pending or PlanEntryStatus.InProgress));
        return problem is null
            ? new ToolResult($"The plan is shown: {done} of {ToolText.Count(entries.Length, "step")} done.")
            : ToolResult.Failure($"{problem} The plan was not changed.");
    }

    private static PlanEntry ToEntry(ToolArguments entry) => new(
        entry.Text("id"),
        ToolText.Line(entry.Text("text").Trim(), MaxTextLength),
        StatusNames[entry.Text("status")],
        LineOf(entry, "evidence", MaxTextLength),
        entry.OptionalText("priority") is { } priority ? PriorityNames[priority] : PlanEntryPriority.Normal,
        LineOf(entry, "executor", MaxExecutorLength));

    private static string? LineOf(ToolArguments entry, string name, int maxLength) =>
        entry.OptionalText(name) is { } text && !string.IsNullOrWhiteSpace(text) ? ToolText.Line(text.Trim(), maxLength) : null;

    private static string? FindProblem(PlanEntry[] entries)
    {
        if (entries.DistinctBy(entry => entry.Id).Count() < entries.Length)
        {
            return "Two entries of the plan have the same id.";
        }

        if (entries.Count(entry => entry.Status is PlanEntryStatus.InProgress) > 1)
        {
            return "More than one entry is in_progress.";
        }

        return Array.Find(entries, entry => entry is { Status: PlanEntryStatus.Completed, Evidence: null }) is { } unproven
            ? $"Entry {ToolText.Line(unproven.Id, 64)} is completed without evidence. Say in a sentence how you know that it is done; if you do not know, it is not completed."
            : null;
    }

    private static string? FindTooLong(RunState? run, PlanEntry[] entries) =>
        run is { Phase: not RunPhase.Direct } && entries.Length > MaxPlannedEntries
            ? $"The plan has {entries.Length} entries; a person can judge at most {MaxPlannedEntries}. Join what belongs together."
            : null;
}
