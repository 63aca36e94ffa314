using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations;

/// <summary>The work of one transaction: decides, checks, numbers and writes; shows nothing before <see cref="Publish"/>.</summary>
internal sealed class CommitBatch(ConversationStreams streams, TimeProvider clock)
{
    private readonly Dictionary<Guid, Change> _changes = [];

    /// <summary>Handles the requests in order. One that is refused leaves no trace and does not disturb the others.</summary>
    public async Task RunAsync(
        IReadOnlyList<CommitRequest> requests, IConversationTransaction transaction, CancellationToken cancellationToken)
    {
        foreach (var request in requests)
        {
            request.Refusal = null;
            var change = await ChangeOfAsync(request.ConversationId, cancellationToken).ConfigureAwait(false);
            if (request.Text is { } text)
            {
                await AddTextAsync(request, change, text, transaction, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await AddEventsAsync(request, change, transaction, cancellationToken).ConfigureAwait(false);
            }
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
        }
    }

    /// <summary>Tells followers. After <see cref="Publish"/>, outside any lock.</summary>
    public void Ring(Doorbells doorbells, ConversationChanges changes)
    {
        foreach (var (conversationId, change) in _changes)
        {
            if (change.Steps.Count > 0)
            {
                doorbells.Ring(conversationId);
            }

            if (change.Steps.OfType<EventsStep>().Any(step => step.ChangesSummary))
            {
                changes.Raise(conversationId);
            }
        }
    }

    private async ValueTask<Change> ChangeOfAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        if (!_changes.TryGetValue(conversationId, out var change))
        {
            var stream = await streams.FindAsync(conversationId, cancellationToken).ConfigureAwait(false);
            _changes[conversationId] = change = new Change(stream) { State = stream.State };
        }

        return change;
    }

    private async Task AddEventsAsync(
        CommitRequest request, Change change, IConversationTransaction transaction, CancellationToken cancellationToken)
    {
        EventsStep step;
        try
        {
            step = Decide(request, change.State);
        }
        catch (Exception exception)
        {
            // The rules, or the caller's own decision, refused. Nothing was written for this request.
            request.Refusal = exception;
            return;
        }

        if (step.Events.Count > 0)
        {
            await transaction.AppendAsync(step.Events, cancellationToken).ConfigureAwait(false);
            change.State = step.After;
            change.Steps.Add(step);
        }

        request.Result = [.. step.Events.Select(added => added.Envelope)];
    }

    private EventsStep Decide(CommitRequest request, ConversationState state)
    {
        var events = request.Decide!(state);
        if (state.Created is null && events is not [{ Event: ConversationCreated }, ..])
        {
            throw new ConversationNotFoundException(request.ConversationId);
        }

        var now = clock.GetUtcNow();
        var added = new List<AppendedEvent>(events.Count);
        foreach (var next in events)
        {
            var envelope = new EventEnvelope(
                request.ConversationId, state.HeadSequence + 1, Guid.CreateVersion7(now), next.RunId, now, next.Event);
            state = state.Apply(envelope);
            added.Add(new AppendedEvent(envelope, EventCatalog.Serialize(next.Event)));
        }

        return new EventsStep(added, state);
    }

    private static async Task AddTextAsync(
        CommitRequest request, Change change, OpenTextAddition text, IConversationTransaction transaction, CancellationToken cancellationToken)
    {
        if (change.State.Run is not { } run || run.RunId != text.RunId || !run.OpenTexts.ContainsKey(text.ItemId))
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

        public required ConversationState State { get; set; }

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

    private sealed record EventsStep(IReadOnlyList<AppendedEvent> Events, ConversationState After) : Step
    {
        public bool ChangesSummary => Events.Any(added => added.Envelope.Event
            is ConversationCreated or ConversationRenamed or ConversationTrashed or ConversationRestored or ConversationDeleted
            or PromptAdmitted or PromptWithdrawn or RunStarted or RunEnded
            or QuestionsAsked or QuestionsAnswered or QuestionsExpired or ApprovalRequested or ApprovalResolved
            or SpecDraftUpdated or SpecApproved);

        public override void PublishTo(ConversationStream stream) => stream.Publish(After, Events);
    }
}
