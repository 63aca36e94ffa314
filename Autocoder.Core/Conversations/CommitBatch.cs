using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations;

/// <summary>The work of one transaction: decides, checks, numbers and writes; shows nothing before <see cref="Publish"/>.</summary>
internal sealed class CommitBatch(ConversationStreams streams, TimeProvider clock)
{
    private const int MaxReloads = 3;

    private readonly Dictionary<Guid, Change> _changes = [];

    /// <summary>Handles the requests in order. One that is refused leaves no trace and does not disturb the others.</summary>
    public async Task RunAsync(
        IReadOnlyList<CommitRequest> requests, IConversationTransaction transaction, CancellationToken cancellationToken)
    {
        foreach (var request in requests)
        {
            request.Refusal = null;
            var change = await ChangeOfAsync(request.ConversationId, transaction, cancellationToken).ConfigureAwait(false);
            if (request.Text is { } text)
            {
                await AddTextAsync(request, change, text, transaction, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await AddEventsAsync(request, change, transaction, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var (conversationId, change) in _changes.Where(entry => entry.Value.Steps.Count > 0))
        {
            change.Head = await transaction.FindHeadAsync(conversationId, cancellationToken).ConfigureAwait(false) ?? StoredHead.None;
        }
    }

    /// <summary>Makes everything visible. Only after the transaction is on disk.</summary>
    public void Publish()
    {
        foreach (var change in _changes.Values)
        {
            if (change.Steps.Count == 0)
            {
                continue;
            }

            streams.Keep(change.Stream);
            foreach (var step in change.Steps)
            {
                step.PublishTo(change.Stream);
            }

            change.Stream.MoveTo(change.Head);
        }
    }

    /// <summary>Tells followers. After <see cref="Publish"/>, outside any lock.</summary>
    public void Ring(IWakeBus wakeBus, ConversationChanges changes)
    {
        foreach (var (conversationId, change) in _changes)
        {
            if (change.Steps.Count > 0)
            {
                wakeBus.Ring(conversationId);
            }

            if (change.Steps.OfType<EventsStep>().Any(step => step.ChangesSummary))
            {
                changes.Raise(conversationId);
            }
        }
    }

    private async ValueTask<Change> ChangeOfAsync(
        Guid conversationId, IConversationTransaction transaction, CancellationToken cancellationToken)
    {
        if (!_changes.TryGetValue(conversationId, out var change))
        {
            var stream = await FreshAsync(conversationId, transaction, cancellationToken).ConfigureAwait(false);
            _changes[conversationId] = change = new Change(stream) { Snapshot = stream.Snapshot };
        }

        return change;
    }

    // Memory may be behind: another owner of the database may have written. Seen inside the transaction, which keeps all
    // others out, what is loaded then stays true until the commit, so nothing is ever decided on an old state.
    private async ValueTask<ConversationStream> FreshAsync(
        Guid conversationId, IConversationTransaction transaction, CancellationToken cancellationToken)
    {
        var head = await transaction.FindHeadAsync(conversationId, cancellationToken).ConfigureAwait(false) ?? StoredHead.None;
        for (var reloads = 0; reloads <= MaxReloads; reloads++)
        {
            var stream = await streams.FindAsync(conversationId, cancellationToken).ConfigureAwait(false);
            if (stream.Head == head)
            {
                return stream;
            }

            streams.Drop(conversationId);
        }

        throw new InvalidOperationException($"The store gives another state of conversation {conversationId} than its transaction sees.");
    }

    private async Task AddEventsAsync(
        CommitRequest request, Change change, IConversationTransaction transaction, CancellationToken cancellationToken)
    {
        EventsStep step;
        try
        {
            step = Decide(request, change.Snapshot);
        }
        catch (Exception exception)
        {
            // The rules, or the caller's own decision, refused. Nothing was written for this request.
            request.Refusal = exception;
            return;
        }

        if (step.Events.Count > 0)
        {
            await transaction.AppendAsync(step.Events, step.After, cancellationToken).ConfigureAwait(false);
            change.Snapshot = step.After;
            change.Steps.Add(step);
        }

        request.Result = [.. step.Events.Select(added => added.Envelope)];
    }

    private EventsStep Decide(CommitRequest request, ConversationSnapshot before)
    {
        var events = request.Decide!(before.State);
        if (before.State.Created is null && events is not [{ Event: ConversationCreated }, ..])
        {
            throw new ConversationNotFoundException(request.ConversationId);
        }

        var now = WholeMilliseconds(clock.GetUtcNow());
        var after = before;
        var added = new List<AppendedEvent>(events.Count);
        foreach (var next in events)
        {
            var envelope = new EventEnvelope(
                request.ConversationId, after.Sequence + 1, Guid.CreateVersion7(now), next.RunId, now, next.Event);
            after = after.Apply(envelope);
            added.Add(new AppendedEvent(envelope, EventCatalog.Serialize(next.Event)));
        }

        return new EventsStep(added, after);
    }

    // What memory shows is what the database gives back.
    private static DateTimeOffset WholeMilliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private static async Task AddTextAsync(
        CommitRequest request, Change change, OpenTextAddition text, IConversationTransaction transaction, CancellationToken cancellationToken)
    {
        if (change.Snapshot.State.Run is not { } run || run.RunId != text.RunId || !run.OpenTexts.ContainsKey(text.ItemId))
        {
            request.Refusal = new IllegalEventException("Refused: the text is not open, or its run has ended.");
            return;
        }

        await transaction.AppendTextAsync(request.ConversationId, text.ItemId, text.Text, cancellationToken).ConfigureAwait(false);
        change.Steps.Add(new TextStep(text));
    }

    private sealed class Change(ConversationStream stream)
    {
        public ConversationStream Stream { get; } = stream;

        public required ConversationSnapshot Snapshot { get; set; }

        public StoredHead Head { get; set; }

        public List<Step> Steps { get; } = [];
    }

    private abstract record Step
    {
        public abstract void PublishTo(ConversationStream stream);
    }

    private sealed record TextStep(OpenTextAddition Addition) : Step
    {
        public override void PublishTo(ConversationStream stream) => stream.PublishText(Addition.ItemId, Addition.Text);
    }

    private sealed record EventsStep(IReadOnlyList<AppendedEvent> Events, ConversationSnapshot After) : Step
    {
        public bool ChangesSummary => Events.Any(added => added.Envelope.Event
            is ConversationCreated or ConversationRenamed or ConversationTrashed or ConversationRestored or ConversationDeleted
            or ConversationPinChanged or ConversationArchiveChanged
            or PromptAdmitted or PromptWithdrawn or RunStarted or RunEnded
            or QuestionsAsked or QuestionsAnswered or QuestionsExpired or ApprovalRequested or ApprovalResolved
            or SpecDraftUpdated or SpecApproved);

        public override void PublishTo(ConversationStream stream) => stream.Publish(After, Events);
    }
}
