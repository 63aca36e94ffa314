using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Transcripts;

/// <summary>A conversation in readable form: the log folded into rows and a header. A pure reducer.</summary>
/// <remarks>
/// Not thread-safe; each view keeps its own. The same events give the same transcript, however they were cut into pulls, and
/// whether it was folded from the start or opened at the end and continued to the start by <see cref="Prepend"/>.
/// </remarks>
public sealed class Transcript
{
    private readonly TranscriptItems _items = new();

    /// <summary>Makes an empty transcript, to be folded from the first event on.</summary>
    public Transcript()
    {
    }

    /// <summary>Opens a conversation at its end.</summary>
    public Transcript(LogOpening opening)
    {
        ArgumentNullException.ThrowIfNull(opening);
        (Header, From) = (opening.Header, opening.Tail.From);
        _items.Apply(new LogPage(opening.Tail.From, opening.Pinned, []));
        _items.Apply(opening.Tail);
        foreach (var slice in opening.OpenTexts)
        {
            _items.Apply(slice);
        }
    }

    /// <summary>Shows a stretch of a conversation by itself, without what the conversation is at its end.</summary>
    public Transcript(LogPage stretch)
    {
        ArgumentNullException.ThrowIfNull(stretch);
        From = stretch.From;
        _items.Apply(stretch);
    }

    /// <summary>What the conversation is, beside its rows.</summary>
    public TranscriptHeader Header { get; private set; } = TranscriptHeader.Empty;

    /// <summary>The rows of this event and all later ones are here; of older ones only what is still open.</summary>
    public long From { get; private set; } = 1;

    /// <summary>Whether there are older rows than these.</summary>
    public bool HasEarlier => From > 1;

    /// <summary>The rows, oldest first.</summary>
    public IReadOnlyList<TranscriptItem> Items => _items.All;

    /// <inheritdoc cref="TranscriptHeader.Queue"/>
    public IReadOnlyList<QueuedPrompt> Queue => Header.Queue;

    /// <inheritdoc cref="TranscriptHeader.Title"/>
    public string Title => Header.Title;

    /// <inheritdoc cref="TranscriptHeader.Engine"/>
    public string? Engine => Header.Engine;

    /// <inheritdoc cref="TranscriptHeader.ParentId"/>
    public Guid? ParentId => Header.ParentId;

    /// <inheritdoc cref="TranscriptHeader.Running"/>
    public RunningRun? Running => Header.Running;

    /// <inheritdoc cref="TranscriptHeader.LastRun"/>
    public RunEndedItem? LastRun => Header.LastRun;

    /// <inheritdoc cref="TranscriptHeader.Gauge"/>
    public ContextGauge? Gauge => Header.Gauge;

    /// <inheritdoc cref="TranscriptHeader.Plan"/>
    public PlanUpdated? Plan => Header.Plan;

    /// <inheritdoc cref="TranscriptHeader.Draft"/>
    public SpecDraftUpdated? Draft => Header.Draft;

    /// <inheritdoc cref="TranscriptHeader.Approved"/>
    public SpecApproved? Approved => Header.Approved;

    /// <inheritdoc cref="TranscriptHeader.Profile"/>
    public string? Profile => Header.Profile;

    /// <inheritdoc cref="TranscriptHeader.IsTrashed"/>
    public bool IsTrashed => Header.IsTrashed;

    /// <inheritdoc cref="TranscriptHeader.ChangedFiles"/>
    public IReadOnlyCollection<string> ChangedFiles => Header.ChangedFiles;

    /// <summary>The questions the run waits for; null when it waits for none.</summary>
    public QuestionsItem? PendingQuestions => Items.OfType<QuestionsItem>().LastOrDefault(item => item.IsPending);

    /// <summary>The approvals the run waits for, oldest first.</summary>
    public IEnumerable<ApprovalItem> PendingApprovals => Items.OfType<ApprovalItem>().Where(item => item.IsPending);

    /// <summary>The tool call at work; the latest, when there are several.</summary>
    public ToolCallItem? ToolAtWork =>
        Running is null ? null : Items.OfType<ToolCallItem>().LastOrDefault(item => item.Status is null && item.StartedAt is not null);

    /// <summary>The row of a place, or the nearest one before it; null when all rows are later.</summary>
    public TranscriptItem? Find(TranscriptPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return Items.FirstOrDefault(item => item.Key == place.Key) ?? Items.LastOrDefault(item => item.Sequence >= From && item.Sequence <= place.Sequence);
    }

    /// <summary>Applies a pull: its events, then its open text.</summary>
    public void Apply(LogPull pull)
    {
        ArgumentNullException.ThrowIfNull(pull);
        foreach (var envelope in pull.Events)
        {
            Apply(envelope);
        }

        foreach (var slice in pull.OpenTexts)
        {
            Apply(slice);
        }
    }

    /// <summary>Applies more of an open text. Text that was applied already changes nothing.</summary>
    public void Apply(OpenTextSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        if (_items.Apply(slice))
        {
            Header = Header.Heard();
        }
    }

    /// <summary>Applies the next event.</summary>
    public void Apply(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        _items.Apply(envelope, Header.Queue);
        Header = Header.After(envelope);
    }

    /// <summary>Puts the page that begins just after everything applied so far behind it. The header is as it was.</summary>
    public void Append(LogPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        _items.Apply(page);
    }

    /// <summary>Puts the page that ends just before <see cref="From"/> in front. The header is as it was.</summary>
    public void Prepend(LogPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        _items.Prepend(page);
        From = page.From;
    }
}
