namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>What the rows of the run at work say about it.</summary>
/// <param name="Latest">The last row of the run.</param>
/// <param name="Tool">The latest call at work.</param>
/// <param name="Approval">The oldest that is pending.</param>
internal sealed record RunInView(
    TranscriptItem? Latest, ToolCallItem? Tool, QuestionsItem? Questions, ApprovalItem? Approval, CompactionItem? Compaction, RetryItem? Retry)
{
    /// <summary>Looks from the end, and no further than the run goes: a long conversation costs no more than a short one.</summary>
    public static RunInView Of(IReadOnlyList<TranscriptItem> items, Guid runId)
    {
        var view = new RunInView(null, null, null, null, null, null);
        for (var index = items.Count - 1; index >= 0; index--)
        {
            var item = items[index];
            if (item.RunId == runId)
            {
                view = view.With(item);
            }
            else if (item.RunId is not null)
            {
                break;
            }
        }

        return view;
    }

    private RunInView With(TranscriptItem item)
    {
        var view = this with { Latest = Latest ?? item };
        return item switch
        {
            ToolCallItem { Status: null, StartedAt: not null } tool => view with { Tool = Tool ?? tool },
            QuestionsItem { IsPending: true } questions => view with { Questions = Questions ?? questions },
            ApprovalItem { IsPending: true } approval => view with { Approval = approval },
            CompactionItem { IsDone: false } compaction => view with { Compaction = Compaction ?? compaction },
            RetryItem retry => view with { Retry = Retry ?? retry },
            _ => view,
        };
    }
}
