using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Core.Runs.Context;

/// <summary>
/// The log as far as a model's view depends on it: a fold that takes in one event after the other, so that each step reads
/// only what is new. The same events give the same content, however they were cut into reads.
/// </summary>
internal sealed class ContextLog
{
    private readonly Dictionary<Guid, PromptAdmitted> _admitted = [];
    private readonly List<ContextEntry> _entries = [];
    private readonly List<(PromptAdmitted Prompt, long Sequence)> _held = [];
    private readonly List<CompactionCompleted> _compactions = [];
    private readonly HashSet<string> _viewIds = new(StringComparer.Ordinal);
    private OpenStep? _open;
    private bool _hasStepEnded;

    /// <summary>The last event taken in; 0 before the first.</summary>
    public long Head { get; private set; }

    /// <summary>The whole conversation, oldest first; a step that has no end yet is not among it.</summary>
    public IReadOnlyList<ContextEntry> Entries => _entries;

    /// <summary>What compactions have left of it.</summary>
    public ContextShown Shown { get; private set; } = ContextShown.Whole;

    /// <summary>Where the next model call is, counted on the log and so the same whatever is shown.</summary>
    public ConversationPosition Position { get; private set; } = new(0, 0);

    /// <summary>The latest run.</summary>
    public RunFacts Run { get; private set; } = RunFacts.None;

    /// <summary>The event the latest run began with; 0 before the first.</summary>
    public long RunStartedAt { get; private set; }

    /// <summary>Whether a person wants room to be made and no run has begun to.</summary>
    public bool IsRequested { get; private set; }

    /// <summary>How many summaries were begun.</summary>
    public int Summaries { get; private set; }

    /// <summary>The latest count; null when there is none that fits what is shown now.</summary>
    public ContextAnchor? Anchor { get; private set; }

    /// <summary>What a model is shown.</summary>
    public IReadOnlyList<ModelMessage> View => ContextView.Of(_open?.ToEntry(Head) is { } open ? [.. _entries, open] : _entries, Shown);

    public static ContextLog Of(IEnumerable<EventEnvelope> log)
    {
        var context = new ContextLog();
        foreach (var envelope in log)
        {
            context.Apply(envelope);
        }

        return context;
    }

    /// <summary>Takes in the next event. One that was taken in before changes nothing.</summary>
    public void Apply(EventEnvelope envelope)
    {
        if (envelope.Sequence <= Head)
        {
            return;
        }

        Run = Run.After(envelope.Event);
        RunStartedAt = envelope.Event is RunStarted ? envelope.Sequence : RunStartedAt;
        ApplyPrompt(envelope);
        ApplyStep(envelope);
        ApplyCompaction(envelope);
        Head = envelope.Sequence;
    }

    private void ApplyPrompt(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case PromptAdmitted admitted:
                _admitted[admitted.PromptId] = admitted;
                break;
            case PromptEdited edited when _admitted.TryGetValue(edited.PromptId, out var admitted):
                _admitted[edited.PromptId] = admitted with { Text = edited.Text };
                break;
            case PromptWithdrawn withdrawn:
                _admitted.Remove(withdrawn.PromptId);
                break;
            case PromptDelivered delivered when _admitted.Remove(delivered.PromptId, out var prompt):
                Deliver(prompt, envelope.Sequence);
                break;
        }
    }

    private void ApplyStep(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case StepStarted or RunStarted:
                FinishStep(envelope.Sequence - 1);
                _open = envelope.Event is StepStarted ? new OpenStep(envelope.Sequence) : null;
                break;
            case StepEnded ended:
                EndStep(ended, envelope.Sequence);
                break;
            case RunEnded:
                FinishStep(envelope.Sequence);
                break;
            case TextCompleted text when !string.IsNullOrWhiteSpace(text.Text):
                Open(envelope).Add(new ModelPart.Text(text.Text));
                break;
            case ReasoningCompleted { Partial: false } thought when !string.IsNullOrWhiteSpace(thought.Text) || thought.Signature is not null:
                Open(envelope).Add(new ModelPart.Reasoning(thought.Text, thought.Signature));
                break;
            case AnswerWithdrawn:
                _open?.Withdraw();
                break;
            case ToolCallRequested call:
                Open(envelope).Request(call, ViewIdOf(call.CallId));
                break;
            case QuestionsAsked asked:
                _open?.Ask(asked.CallId);
                break;
            case ToolCallEnded ended:
                _open?.End(ended, envelope.Sequence);
                if (_hasStepEnded && _open is { WaitsForResults: false })
                {
                    FinishStep(envelope.Sequence);
                }

                break;
        }
    }

    private void ApplyCompaction(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case CompactionRequested:
                IsRequested = true;
                break;
            case CompactionStarted started:
                IsRequested &= started.Reason is not CompactionReason.Person;
                Summaries += started.Method is CompactionMethod.Mask ? 0 : 1;
                break;
            case CompactionCompleted completed:
                _compactions.Add(completed);
                Shown = Shown.With(completed);
                Anchor = new ContextAnchor(completed.TokensAfter, envelope.Sequence);
                break;
            case CompactionReverted reverted when _compactions.RemoveAll(known => known.CompactionId == reverted.CompactionId) > 0:
                Shown = ContextShown.After(_compactions);
                Anchor = null;
                break;
        }
    }

    private OpenStep Open(EventEnvelope envelope) => _open ??= new OpenStep(envelope.Sequence);

    private void EndStep(StepEnded ended, long sequence)
    {
        if (ended.Usage.Total > 0)
        {
            Anchor = new ContextAnchor(ended.Usage.Total, _open?.First ?? sequence);
        }

        _hasStepEnded = true;
        if (_open is not { WaitsForResults: true })
        {
            FinishStep(sequence);
        }
    }

    // A prompt that comes between a call and its result stands after the result, for nothing may come between the two.
    private void Deliver(PromptAdmitted prompt, long sequence)
    {
        if (_open is { WaitsForResults: true })
        {
            _held.Add((prompt, sequence));
            return;
        }

        FinishStep(sequence - 1);
        AddPrompt(prompt, sequence, sequence);
    }

    private void AddPrompt(PromptAdmitted prompt, long first, long sequence)
    {
        _entries.Add(new PromptEntry(first, sequence, prompt));
        Position = new ConversationPosition(Position.Prompts + 1, 0);
    }

    private void FinishStep(long sequence)
    {
        if (_open is { } open)
        {
            Position = open.IsAnswered ? Position with { Answers = Position.Answers + 1 } : Position;
            if (open.ToEntry(sequence) is { } entry)
            {
                _entries.Add(entry);
            }
        }

        _open = null;
        _hasStepEnded = false;
        _held.ForEach(held => AddPrompt(held.Prompt, held.Sequence, sequence));
        _held.Clear();
    }

    private string ViewIdOf(string callId)
    {
        var id = callId;
        for (var number = 2; !_viewIds.Add(id); number++)
        {
            id = $"{callId}~{number}";
        }

        return id;
    }
}
