using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Conversations.Ledgers;

/// <summary>A conversation as its books: runs with what they cost, changed files, sub-agents, room made in the context, and places to go back to.</summary>
/// <remarks>A pure reducer over the log, from its first event on. Not thread-safe; each view keeps its own.</remarks>
public sealed class ConversationLedger
{
    private const int MaxTitle = 200;

    private readonly List<LedgerRun> _runs = [];
    private readonly List<LedgerChange> _changes = [];
    private readonly List<LedgerAgent> _agents = [];
    private readonly List<LedgerCompaction> _compactions = [];
    private readonly List<LedgerMark> _marks = [];
    private readonly Dictionary<Guid, string> _prompts = [];
    private readonly Dictionary<(Guid?, string), ToolCallRequested> _calls = [];
    private readonly Dictionary<(Guid?, string), FileCheckpointed> _kept = [];

    /// <summary>The last event that is in it; 0 for none.</summary>
    public long Last { get; private set; }

    /// <summary>When that was.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>The runs, oldest first.</summary>
    public IReadOnlyList<LedgerRun> Runs => _runs;

    /// <summary>The changes of files, oldest first.</summary>
    public IReadOnlyList<LedgerChange> Changes => _changes;

    /// <summary>The sub-agents this conversation started, oldest first.</summary>
    public IReadOnlyList<LedgerAgent> Agents => _agents;

    /// <summary>The room that was made in the context, oldest first.</summary>
    public IReadOnlyList<LedgerCompaction> Compactions => _compactions;

    /// <summary>The places worth going back to, oldest first.</summary>
    public IReadOnlyList<LedgerMark> Marks => _marks;

    /// <summary>What all runs used, their sub-agents included.</summary>
    public TokenUsage Usage => _runs.Aggregate(TokenUsage.None, (sum, run) => sum + run.Usage + run.SubAgentUsage);

    /// <summary>Applies the next event.</summary>
    public void Apply(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        (Last, LastAt) = (envelope.Sequence, envelope.At);
        if (envelope.Event is RunStarted started)
        {
            Begin(started, envelope);
        }

        if (envelope.RunId is { } runId)
        {
            Change(runId, run => After(run with { To = envelope.Sequence, LastAt = envelope.At }, envelope));
        }

        Note(envelope);
    }

    private void Begin(RunStarted started, EventEnvelope envelope)
    {
        var asked = Line(_prompts.GetValueOrDefault(started.PromptId, ""));
        _runs.Add(new LedgerRun(
            started.RunId, envelope.Sequence, envelope.Sequence, envelope.At, envelope.At, asked, started.Profile, started.Engine, started.Model, 0, 0, 0, 0,
            TokenUsage.None, TokenUsage.None, [], Outcome: null, Error: null));
        Mark(envelope, LedgerMarkKind.Run, asked.Length > 0 ? asked : "A run began");
    }

    private static LedgerRun After(LedgerRun run, EventEnvelope envelope) => envelope.Event switch
    {
        StepStarted => run with { Steps = run.Steps + 1 },
        StepEnded step => run with { Usage = run.Usage + step.Usage, Model = step.Model ?? run.Model },
        CompactionCompleted compaction => run with { Usage = run.Usage + compaction.Usage },
        CompactionFailed { Usage: { } wasted } => run with { Usage = run.Usage + wasted },
        ToolCallRequested => run with { ToolCalls = run.ToolCalls + 1 },
        ToolCallEnded ended => run with
        {
            Failures = run.Failures + (ended.Status is ToolCallStatus.Failed ? 1 : 0),
            Files = ended.ChangedFile is { } path && !run.Files.Contains(path) ? [.. run.Files, path] : run.Files,
        },
        ApprovalRequested or QuestionsAsked => run with { Asks = run.Asks + 1 },
        SubAgentEnded ended => run with { SubAgentUsage = run.SubAgentUsage + ended.Usage },
        RunEnded ended => run with { Outcome = ended.Outcome, Error = ended.Error?.Message },
        _ => run,
    };

    private void Note(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case PromptAdmitted admitted:
                _prompts[admitted.PromptId] = admitted.Text;
                break;
            case PromptEdited edited:
                _prompts[edited.PromptId] = edited.Text;
                break;
            case ToolCallRequested requested:
                _calls[(envelope.RunId, requested.CallId)] = requested;
                break;
            case FileCheckpointed kept:
                _kept[(envelope.RunId, kept.CallId)] = kept;
                break;
            case ToolCallEnded ended when _calls.Remove((envelope.RunId, ended.CallId), out var call):
                NoteEnd(envelope, ended, call);
                break;
            case ApprovalRequested asked:
                Mark(envelope, LedgerMarkKind.Asked, $"Asked to allow: {asked.Title}");
                break;
            case QuestionsAsked { Questions: [var first, ..] }:
                Mark(envelope, LedgerMarkKind.Asked, $"Asked: {first.Text}");
                break;
            case ModelCallRetried retried:
                Mark(envelope, LedgerMarkKind.Error, retried.Text);
                break;
            case RunEnded { Error: { } error }:
                Mark(envelope, LedgerMarkKind.Error, error.Message);
                break;
            case SubAgentStarted or SubAgentEnded:
                NoteAgent(envelope);
                break;
            case CompactionCompleted or CompactionReverted:
                NoteCompaction(envelope);
                break;
        }
    }

    private void NoteEnd(EventEnvelope envelope, ToolCallEnded ended, ToolCallRequested call)
    {
        if (ended.ChangedFile is { } path)
        {
            _kept.Remove((envelope.RunId, ended.CallId), out var kept);
            _changes.Add(new LedgerChange(envelope.Sequence, envelope.At, envelope.RunId, path, call.Tool, kept));
            Mark(envelope, LedgerMarkKind.Change, call.Title);
        }
        else if (ended.Status is ToolCallStatus.Failed)
        {
            Mark(envelope, LedgerMarkKind.Error, $"{call.Title} did not work");
        }
    }

    private void NoteAgent(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case SubAgentStarted started:
                _agents.Add(new LedgerAgent(
                    envelope.Sequence, started.ChildConversationId, started.Agent, started.Task, envelope.At, EndedAt: null, Outcome: null, TokenUsage.None));
                break;
            case SubAgentEnded ended when _agents.FindIndex(agent => agent.ConversationId == ended.ChildConversationId) is var index and >= 0:
                _agents[index] = _agents[index] with { EndedAt = envelope.At, Outcome = ended.Outcome, Usage = ended.Usage };
                break;
        }
    }

    private void NoteCompaction(EventEnvelope envelope)
    {
        switch (envelope.Event)
        {
            case CompactionCompleted done:
                _compactions.Add(new LedgerCompaction(
                    envelope.Sequence, envelope.At, done.CompactionId, done.TokensBefore, done.TokensAfter, done.Masked.Count, done.Summary.Length > 0, IsReverted: false));
                break;
            case CompactionReverted reverted when _compactions.FindIndex(compaction => compaction.CompactionId == reverted.CompactionId) is var index and >= 0:
                _compactions[index] = _compactions[index] with { IsReverted = true };
                break;
        }
    }

    private void Change(Guid runId, Func<LedgerRun, LedgerRun> change)
    {
        // The newest run is nearly always the one that is meant.
        var index = _runs.FindLastIndex(run => run.RunId == runId);
        if (index >= 0)
        {
            _runs[index] = change(_runs[index]);
        }
    }

    private void Mark(EventEnvelope envelope, LedgerMarkKind kind, string title) =>
        _marks.Add(new LedgerMark(envelope.Sequence, envelope.At, kind, Line(title)));

    private static string Line(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= MaxTitle ? line : string.Concat(line.AsSpan(0, MaxTitle - 1), "…");
    }
}
