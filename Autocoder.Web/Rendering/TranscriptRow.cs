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

    /// <summary>The rows of the last items of a transcript.</summary>
    /// <param name="most">How many items to look at; a row is never cut in two by it.</param>
    public static List<TranscriptRow> Of(IReadOnlyList<TranscriptItem> items, int most)
    {
        ArgumentNullException.ThrowIfNull(items);
        var first = Math.Max(0, items.Count - most);
        while (first > 0 && IsLookUp(items[first]) && IsLookUp(items[first - 1]))
        {
            first--;
        }

        var shown = items.Skip(first).Where(item => !HasOtherRow(item, items)).ToList();
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
