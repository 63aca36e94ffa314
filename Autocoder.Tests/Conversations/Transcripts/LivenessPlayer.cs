using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Tests.Conversations.Transcripts;

/// <summary>Makes random logs, and knows from sets of what is open, never from rows, what the conversation does after each event.</summary>
internal sealed class LivenessPlayer
{
    private static readonly JsonElement None = JsonDocument.Parse("{}").RootElement.Clone();
    private readonly Dictionary<string, bool> _calls = [];
    private readonly List<Guid> _questions = [];
    private readonly List<Guid> _approvals = [];
    private readonly List<Guid> _compactions = [];
    private readonly List<Guid> _texts = [];
    private Guid? _run;
    private Guid? _ended;
    private Guid? _newest;
    private bool _hasEnded;
    private bool _isStopping;
    private bool _isBusy;
    private bool _isStalled;
    private int _number;

    public Type Expected => this switch
    {
        { _run: null } => _hasEnded ? typeof(RunLiveness.Ended) : typeof(RunLiveness.Ready),
        { _isStopping: true } => typeof(RunLiveness.Stopping),
        _ when _questions.Count + _approvals.Count > 0 => typeof(RunLiveness.WaitingForYou),
        { _isBusy: true } => typeof(RunLiveness.WaitingForLimit),
        { _isStalled: true } => typeof(RunLiveness.Stalled),
        _ when _compactions.Count > 0 => typeof(RunLiveness.Compacting),
        _ when _calls.ContainsValue(true) => typeof(RunLiveness.ToolRunning),
        _ when _newest is { } text && _texts.Contains(text) => typeof(RunLiveness.Writing),
        _ => typeof(RunLiveness.Thinking),
    };

    public (ConversationEvent Event, Guid? RunId) Next(int choice)
    {
        _number++;
        if (choice % 9 == 0)
        {
            return (choice % 2 == 0 ? new ProfileSwitched("coder", 1, "person") : new CompactionReverted(Guid.NewGuid()), null);
        }

        return _run is null ? Start() : (Step(choice), _run ?? _ended);
    }

    private (ConversationEvent Event, Guid? RunId) Start()
    {
        Forget();
        _run = Guid.NewGuid();
        return (new RunStarted(_run.Value, Guid.NewGuid(), "coder", 1, "scripted"), _run);
    }

    private ConversationEvent Step(int choice)
    {
        var pick = choice / 20;
        switch (choice % 20)
        {
            case 0 when pick % 5 == 0:
                (_ended, _run, _hasEnded) = (_run, null, true);
                return new RunEnded((RunOutcome)(pick % 11), TokenUsage.None, 1, 0, 0);
            case 1 when pick % 4 == 0:
                _isStopping = true;
                return new StopRequested("person");
            case 2:
                _isStalled = true;
                return new RunStalled(pick % 600_000);
            case 3:
                (_isStalled, _isBusy, _newest) = (false, true, null);
                return new ModelCallRetried(1, pick % 60_000, "overloaded", "busy");
        }

        (_isStalled, _isBusy) = (false, false);
        return Heard(choice % 20, pick);
    }

    private ConversationEvent Heard(int kind, int pick) => kind switch
    {
        4 or 5 => Ask(_questions, id => new QuestionsAsked(id, "q", [])),
        6 when Take(_questions, pick) is { } id => pick % 2 == 0 ? new QuestionsAnswered(id, []) : new QuestionsExpired(id, "late"),
        7 or 8 => Ask(_approvals, id => new ApprovalRequested(
            id, "c", pick % 2 == 0 ? ApprovalSubject.ToolCall : ApprovalSubject.Plan, "Write a", "no rule", "hash")),
        9 when Take(_approvals, pick) is { } id => new ApprovalResolved(id, (ApprovalOutcome)(pick % 6)),
        10 => Ask(_compactions, id => new CompactionStarted(id, CompactionMethod.Mask, CompactionReason.Automatic, 100)),
        11 when Take(_compactions, pick) is { } id => new CompactionFailed(id, "no"),
        12 or 13 => Ask(_texts, id => new TextStarted(id), isNewest: true),
        14 when Take(_texts, pick) is { } id => new TextCompleted(id, "text"),
        15 => Request(),
        16 when _calls.FirstOrDefault(call => !call.Value).Key is { } call => Begin(call),
        17 when _calls.Keys.FirstOrDefault() is { } call => End(call),
        18 => Row(new WarningRaised("code", "text")),
        19 => Row(new ReasoningStarted(Guid.NewGuid())),
        _ => new StepStarted(Guid.NewGuid(), _number),
    };

    private ConversationEvent Ask(List<Guid> open, Func<Guid, ConversationEvent> make, bool isNewest = false)
    {
        var id = Guid.NewGuid();
        open.Add(id);
        _newest = isNewest ? id : null;
        return make(id);
    }

    private static Guid? Take(List<Guid> open, int pick)
    {
        if (open.Count == 0)
        {
            return null;
        }

        var id = open[pick % open.Count];
        open.Remove(id);
        return id;
    }

    private ToolCallRequested Request()
    {
        var call = $"call-{_number}";
        (_calls[call], _newest) = (false, null);
        return new ToolCallRequested(call, "Write", "Write a", None, ToolEffect.Idempotent);
    }

    private ToolCallStarted Begin(string call)
    {
        _calls[call] = true;
        return new ToolCallStarted(call);
    }

    private ToolCallEnded End(string call)
    {
        _calls.Remove(call);
        return new ToolCallEnded(call, ToolCallStatus.Completed, "done", 3);
    }

    private ConversationEvent Row(ConversationEvent next)
    {
        _newest = null;
        return next;
    }

    private void Forget()
    {
        _calls.Clear();
        _questions.Clear();
        _approvals.Clear();
        _compactions.Clear();
        _texts.Clear();
        (_newest, _isStopping, _isBusy, _isStalled) = (null, false, false, false);
    }
}
