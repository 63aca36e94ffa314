using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Tests.TestSupport;

/// <summary>A log in memory for pure functions over it. It takes only what the law allows.</summary>
internal sealed class EventLog
{
    private readonly List<EventEnvelope> _events = [];
    private ConversationState _state = ConversationState.Empty;

    public EventLog() => Append(new ConversationCreated(Guid.NewGuid(), ConversationKind.Agent, "Test"), null);

    public IReadOnlyList<EventEnvelope> Events => _events;

    /// <summary>The time of the next event.</summary>
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public LoggedRun Run(string text, RunPhase phase = RunPhase.Direct, Guid? continues = null, RunLimits? limits = null)
    {
        var (promptId, runId) = (Guid.NewGuid(), Guid.NewGuid());
        Append(new PromptAdmitted(promptId, text, []), null);
        var run = new LoggedRun(this, runId);
        run.Add(new RunStarted(runId, promptId, "coder", 1, "fake", null, limits, phase, continues));
        run.Add(new PromptDelivered(promptId));
        return run;
    }

    public EventEnvelope Append(ConversationEvent next, Guid? runId)
    {
        var envelope = new EventEnvelope(Guid.Empty, _state.HeadSequence + 1, Guid.NewGuid(), runId, Now, next);
        _state = _state.Apply(envelope);
        _events.Add(envelope);
        return envelope;
    }

    /// <summary>One run of an <see cref="EventLog"/>.</summary>
    internal sealed class LoggedRun(EventLog log, Guid runId)
    {
        private int _steps;

        public Guid RunId => runId;

        public IReadOnlyList<EventEnvelope> Events => [.. log.Events.Where(envelope => envelope.RunId == runId)];

        public LoggedRun Add(ConversationEvent next)
        {
            log.Append(next, runId);
            return this;
        }

        public LoggedRun Step()
        {
            var stepId = Guid.NewGuid();
            return Add(new StepStarted(stepId, ++_steps)).Add(new StepEnded(stepId, "end_turn", TokenUsage.None));
        }

        public LoggedRun Call(string callId, string tool, object arguments, string title = "A call") =>
            Add(new ToolCallRequested(callId, tool, title, JsonSerializer.SerializeToElement(arguments), ToolEffect.ReadOnly));

        public LoggedRun Ended(string callId, ToolCallStatus status, string output)
        {
            if (status is not ToolCallStatus.NotStarted)
            {
                Add(new ToolCallStarted(callId));
            }

            return Add(new ToolCallEnded(callId, status, output, 1));
        }

        /// <summary>A steering prompt reaches the run.</summary>
        public LoggedRun Steer(string text)
        {
            var promptId = Guid.NewGuid();
            log.Append(new PromptAdmitted(promptId, text, [], Delivery: PromptDelivery.Steer), null);
            return Add(new PromptDelivered(promptId));
        }
    }
}
