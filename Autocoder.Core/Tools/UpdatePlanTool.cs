using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Tools;

/// <summary>Shows the person what the agent is going to do, and how far it is.</summary>
public sealed class UpdatePlanTool() : Tool(
    "UpdatePlan",
    "Shows your plan to the person. Send the complete list each time, in order; keep the id of an entry as long as it means the "
    + "same. At most one entry is in_progress. Use it for work of three or more steps, and update it as soon as a step is done.",
    new ToolSchema().List(
        "entries",
        "The whole plan.",
        new ToolSchema()
            .Text("id", "Stable over updates, for example \"1\".", 64, minLength: 1)
            .Text("text", "What is done in this step, in a few words.", 300, minLength: 1)
            .Choice("status", "Where it stands.", StatusNames.Keys),
        minItems: 1,
        maxItems: 50),
    ToolEffect.Idempotent)
{
    private static readonly Dictionary<string, PlanEntryStatus> StatusNames = new(StringComparer.Ordinal)
    {
        ["pending"] = PlanEntryStatus.Pending,
        ["in_progress"] = PlanEntryStatus.InProgress,
        ["completed"] = PlanEntryStatus.Completed,
        ["failed"] = PlanEntryStatus.Failed,
        ["skipped"] = PlanEntryStatus.Skipped,
    };

    private protected override string TitleOf(ToolArguments arguments) =>
        arguments.List("entries").FirstOrDefault(entry => entry.Text("status") == "in_progress").OptionalText("text") is { } now
            ? $"Update the plan: {now}"
            : "Update the plan";

    private protected override async Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        PlanEntry[] entries =
        [
            .. arguments.List("entries").Select(entry => new PlanEntry(
                entry.Text("id"), ToolText.Line(entry.Text("text").Trim(), 300), StatusNames[entry.Text("status")])),
        ];
        if (entries.DistinctBy(entry => entry.Id).Count() < entries.Length)
        {
            return ToolResult.Failure("Two entries of the plan have the same id. The plan was not changed.");
        }

        if (entries.Count(entry => entry.Status is PlanEntryStatus.InProgress) > 1)
        {
            return ToolResult.Failure("More than one entry is in_progress. The plan was not changed.");
        }

        await context.Run.RecordAsync(
            state => new PlanUpdated((state.Run?.PlanRevision ?? 0) + 1, entries), cancellationToken).ConfigureAwait(false);
        var done = entries.Count(entry => entry.Status is not (PlanEntryStatus.Pending or PlanEntryStatus.InProgress));
        return new ToolResult($"The plan is shown: {done} of {ToolText.Count(entries.Length, "step")} done.");
    }
}
