using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;

namespace Autocoder.Tests.Tools;

/// <summary>A run that keeps its events in memory, and refuses what the real log would refuse.</summary>
internal sealed class RecordingRun : IToolRun
{
    private readonly Lock _lock = new();
    private readonly List<ConversationEvent> _events = [];
    private readonly Guid _runId = Guid.CreateVersion7();
    private ConversationState _state = ConversationState.Empty;

    public RecordingRun()
    {
        var prompt = Guid.CreateVersion7();
        Append(new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "Test"), null);
        Append(new PromptAdmitted(prompt, "Go", []), null);
        Append(new RunStarted(_runId, prompt, "coder", 1, "scripted", null), _runId);
        Append(new PromptDelivered(prompt), _runId);
        _events.Clear();
    }

    public IReadOnlyList<ConversationEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Called before an event is taken; may throw.</summary>
    public Action<ConversationEvent> Before { get; set; } = _ => { };

    public Func<IReadOnlyList<Question>, IReadOnlyList<Answer>> Person { get; set; } = _ => [];

    public Func<string, string, SubAgentResult> SubAgent { get; set; } = (_, _) => throw new InvalidOperationException();

    /// <summary>Answers a request for approval.</summary>
    public Func<ApprovalRequested, ApprovalResolved> Approver { get; set; } =
        request => new ApprovalResolved(request.ApprovalId, ApprovalOutcome.AllowedOnce);

    public Guid RunId => _runId;

    public SeenFiles Seen { get; } = new();

    /// <summary>What was kept, by its key.</summary>
    public Dictionary<string, byte[]> Kept { get; } = [];

    /// <summary>What the disk says when something is to be kept; null when it has room.</summary>
    public IOException? DiskRefusal { get; set; }

    public Task<FileVersion> KeepAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (DiskRefusal is not null)
        {
            throw DiskRefusal;
        }

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content.Span));
        Kept[hash] = content.ToArray();
        return Task.FromResult(new FileVersion(hash, content.Length));
    }

    public CancellationToken HardStop { get; set; }

    /// <summary>How much time calls asked for.</summary>
    public List<TimeSpan> Graces { get; } = [];

    public IDisposable HoldOffStop(TimeSpan grace)
    {
        Graces.Add(grace);
        return new CancellationTokenSource();
    }

    public void Stop() => Append(new StopRequested("person"), _runId);

    public Task RecordAsync(ConversationEvent conversationEvent, CancellationToken cancellationToken) =>
        RecordAsync(_ => conversationEvent, cancellationToken);

    public Task RecordAsync(Func<ConversationState, ConversationEvent?> decide, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (decide(_state) is not { } conversationEvent)
            {
                return Task.CompletedTask;
            }

            Before(conversationEvent);

            // Events are stored as JSON; what cannot be written must not get this far.
            _ = JsonSerializer.Serialize(conversationEvent, conversationEvent.GetType());
            Append(conversationEvent, _runId);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Answer>> AskAsync(string callId, IReadOnlyList<Question> questions, CancellationToken cancellationToken) =>
        Task.FromResult(Person(questions));

    public Task<ApprovalResolved> ApproveAsync(ApprovalRequested request, CancellationToken cancellationToken)
    {
        Append(request, _runId);
        var resolved = Approver(request);
        Append(resolved, _runId);
        return Task.FromResult(resolved);
    }

    public Task<SubAgentResult> RunSubAgentAsync(string callId, string agent, string task, CancellationToken cancellationToken) =>
        Task.FromResult(SubAgent(agent, task));

    private void Append(ConversationEvent conversationEvent, Guid? runId)
    {
        lock (_lock)
        {
            // A tool that a test calls without the executor has no call in the log.
            if (conversationEvent is FileCheckpointed checkpoint && !_state.Run!.OpenToolCalls.ContainsKey(checkpoint.CallId))
            {
                _events.Add(conversationEvent);
                return;
            }

            var envelope = new EventEnvelope(
                Guid.Empty, _state.HeadSequence + 1, Guid.NewGuid(), runId, DateTimeOffset.UnixEpoch, conversationEvent);
            _state = _state.Apply(envelope);
            _events.Add(conversationEvent);
        }
    }
}
