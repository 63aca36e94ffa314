using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Web.Rendering;

/// <summary>One row as it is drawn: one item, or several look-ups that followed each other.</summary>
/// <remarks>
/// An end carries the calls of which nobody knows what they did; a sub-agent what it waits for. So both are drawn again when
/// that changes, and only then.
/// </remarks>
/// <param name="Key">That of the first item.</param>
public sealed record TranscriptRow(string Key, long Sequence, IReadOnlyList<TranscriptItem> Items)
{
    /// <summary>Whether it looks the same as another row. Items are immutable, so references decide.</summary>
    public bool LooksLike(TranscriptRow? other) =>
        other is not null && Items.Count == other.Items.Count && Items.Zip(other.Items).All(pair => ReferenceEquals(pair.First, pair.Second));

    /// <summary>The rows of some items of a transcript.</summary>
    /// <param name="items">All items that are held.</param>
    /// <param name="first">The first to show; it may be a little earlier, for a row is never cut in two.</param>
    public static List<TranscriptRow> From(IReadOnlyList<TranscriptItem> items, int first)
    {
        ArgumentNullException.ThrowIfNull(items);
        while (first > 0 && first < items.Count && IsLookUp(items[first]) && IsLookUp(items[first - 1]))
        {
            first--;
        }

        return Group([.. items.Skip(first).Where(item => !HasOtherRow(item, items))], items);
    }

    /// <summary>The rows of what is still open or waits for the person, among the items before the first that is shown.</summary>
    public static List<TranscriptRow> OpenBefore(IReadOnlyList<TranscriptItem> items, long sequence)
    {
        ArgumentNullException.ThrowIfNull(items);
        return [.. items.TakeWhile(item => item.Sequence < sequence)
            .Where(item => IsOpen(item) && !HasOtherRow(item, items))
            .Select(item => new TranscriptRow(item.Key, item.Sequence, [item, .. Beside(item, items)]))];
    }

    private static List<TranscriptRow> Group(List<TranscriptItem> shown, IReadOnlyList<TranscriptItem> items)
    {
        var rows = new List<TranscriptRow>();
        for (var start = 0; start < shown.Count;)
        {
            var end = start + 1;
            while (IsLookUp(shown[start]) && end < shown.Count && IsLookUp(shown[end]) && shown[end].RunId == shown[start].RunId)
            {
                end++;
            }

            rows.Add(new TranscriptRow(shown[start].Key, shown[end - 1].Sequence, [.. shown.GetRange(start, end - start), .. Beside(shown[start], items)]));
            start = end;
        }

        return rows;
    }

    private static bool IsOpen(TranscriptItem item) => item switch
    {
        TextItem text => text.IsOpen,
        ToolCallItem call => call.Status is null,
        QuestionsItem questions => questions.IsPending,
        ApprovalItem approval => approval.IsPending,
        SubAgentItem child => child.Outcome is null,
        CompactionItem compaction => !compaction.IsDone,
        _ => false,
    };

    private static IEnumerable<TranscriptItem> Beside(TranscriptItem item, IReadOnlyList<TranscriptItem> items) => item switch
    {
        RunEndedItem { Outcome: RunOutcome.Interrupted or RunOutcome.Stopped } =>
            items.Where(other => other is ToolCallItem { Status: ToolCallStatus.Unknown } && other.RunId == item.RunId),
        SubAgentItem { Outcome: null } child =>
            items.Where(other => other is ApprovalItem { IsPending: true } approval && approval.ChildConversationId == child.ChildConversationId),
        _ => [],
    };

    private static bool IsLookUp(TranscriptItem item) =>
        item is ToolCallItem { Effect: ToolEffect.ReadOnly, Status: null or ToolCallStatus.Completed } call && !AsksPerson(call);

    // The card of the questions, the plan and the sub-agent say what these calls did; only their failures say more.
    private static bool HasOtherRow(TranscriptItem item, IReadOnlyList<TranscriptItem> items) => item switch
    {
        ToolCallItem { Status: ToolCallStatus.Failed } => false,
        ToolCallItem call when AsksPerson(call) || call.Tool is "UpdatePlan" or "UpdateSpecDraft" => true,
        ToolCallItem { Tool: "Agent" } call => items.Any(other => other is SubAgentItem child && child.CallId == call.CallId && child.RunId == call.RunId),
        _ => false,
    };

    private static bool AsksPerson(ToolCallItem call) => call.Tool is "AskUser";
}
