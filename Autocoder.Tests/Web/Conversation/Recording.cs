using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Conversations.Transcripts;
using Autocoder.Web.Rendering;

namespace Autocoder.Tests.Web.Conversation;

/// <summary>A conversation as a log would give it: events get their places, and viewers pull.</summary>
internal sealed class Recording : ITranscriptSource
{
    private readonly Guid _conversationId = Guid.CreateVersion7();
    private readonly List<EventEnvelope> _events = [];
    private readonly Dictionary<Guid, string> _open = [];

    public event Action? Changed;

    public Guid RunId { get; } = Guid.CreateVersion7();

    public int Pulls { get; private set; }

    public bool HasListeners => Changed is not null;

    public static DateTimeOffset At { get; } = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    /// <summary>When the last event happened.</summary>
    public DateTimeOffset Latest => _events[^1].At;

    public Transcript Fold()
    {
        var transcript = new Transcript();
        _events.ForEach(transcript.Apply);
        return transcript;
    }

    public Recording Add(params ConversationEvent[] events)
    {
        foreach (var next in events)
        {
            _events.Add(new EventEnvelope(_conversationId, _events.Count + 1, Guid.CreateVersion7(), RunId, At.AddSeconds(_events.Count), next));
            if (next is TextCompleted completed)
            {
                _open.Remove(completed.ItemId);
            }
        }

        Changed?.Invoke();
        return this;
    }

    public Recording Begin()
    {
        var prompt = Guid.CreateVersion7();
        return Add(
            new ConversationCreated(Guid.CreateVersion7(), ConversationKind.Agent, "Test"),
            new PromptAdmitted(prompt, "Do it", []),
            new RunStarted(RunId, prompt, "coder", 1, "offline", null),
            new PromptDelivered(prompt));
    }

    public Recording Write(Guid itemId, string text)
    {
        _open[itemId] = _open.GetValueOrDefault(itemId, "") + text;
        Changed?.Invoke();
        return this;
    }

    public Recording Tool(
        string id, string tool, string title, ToolEffect effect = ToolEffect.ReadOnly, ToolCallStatus? status = ToolCallStatus.Completed, string output = "ok")
    {
        using var arguments = JsonDocument.Parse($$"""{"path":"{{id}}.cs"}""");
        Add(new ToolCallRequested(id, tool, title, arguments.RootElement.Clone(), effect), new ToolCallStarted(id));
        return status is { } ended ? Add(new ToolCallEnded(id, ended, output, 40)) : this;
    }

    public static RunEnded End(RunOutcome outcome, RunError? error = null) => new(outcome, new TokenUsage(1200, 300), 8400, 3, 2, error);

    /// <summary>How many events a viewer begins with.</summary>
    public int Tail { get; set; } = int.MaxValue;

    public int Refreshes { get; private set; }

    /// <summary>Tells nobody of what is added meanwhile, as a lost hint would.</summary>
    public void AddSilently(params ConversationEvent[] events)
    {
        var listeners = Changed;
        Changed = null;
        Add(events);
        Changed = listeners;
    }

    public Task<LogOpening> OpenAsync(CancellationToken cancellationToken)
    {
        var header = _events.Aggregate(TranscriptHeader.Empty, (current, next) => current.After(next));
        var tail = Page(Math.Max(0, _events.Count - Tail), _events.Count);
        var pinned = header.OpenItems.Values.SelectMany(sequences => sequences).Where(sequence => sequence < tail.From).Order();
        return Task.FromResult(new LogOpening(
            LogCursor.Start with { Sequence = _events.Count }, header, tail, [.. pinned.Select(sequence => _events[(int)sequence - 1])],
            [.. _open.Select(open => new OpenTextSlice(open.Key, 0, open.Value))], [.. _open.Keys]));
    }

    public Task<LogPage> ReadEarlierAsync(long before, CancellationToken cancellationToken) =>
        Task.FromResult(Page(Math.Max(0, (int)before - 1 - Math.Min(Tail, 10_000)), (int)before - 1));

    public Task RefreshAsync(CancellationToken cancellationToken)
    {
        Refreshes++;
        return Task.CompletedTask;
    }

    private LogPage Page(int after, int through) => new(after + 1, _events[after..through], []);

    public Task<LogPull> PullAsync(LogPosition position, CancellationToken cancellationToken)
    {
        Pulls++;
        var slices = _open.Select(open => new OpenTextSlice(open.Key, position.SeenOf(open.Key), open.Value[position.SeenOf(open.Key)..]))
            .Where(slice => slice.Text.Length > 0).ToList();
        return Task.FromResult(new LogPull(
            position.Cursor with { Sequence = _events.Count }, [.. _events.Skip((int)position.Cursor.Sequence)], slices, [.. _open.Keys], _events.Count));
    }
}
