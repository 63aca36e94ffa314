using System.Collections.Immutable;
using Autocoder.Core.Conversations.Events;
using static Autocoder.Core.Conversations.ConversationState;

namespace Autocoder.Core.Conversations;

/// <summary>What the active run of a conversation is now. A pure fold of its events since <see cref="RunStarted"/>.</summary>
public sealed record RunState(RunStarted Started, DateTimeOffset StartedAt)
{
    /// <summary>The run.</summary>
    public Guid RunId => Started.RunId;

    /// <summary>Whether somebody asked it to stop.</summary>
    public bool IsStopping { get; init; }

    /// <summary>The open texts and thoughts; true for a thought.</summary>
    public ImmutableDictionary<Guid, bool> OpenTexts { get; init; } = ImmutableDictionary<Guid, bool>.Empty;

    /// <summary>The tool calls without an end; true once started.</summary>
    public ImmutableDictionary<string, bool> OpenToolCalls { get; init; } = ImmutableDictionary<string, bool>.Empty;

    /// <summary>What was asked for by the tool calls without an end.</summary>
    public ImmutableDictionary<string, ToolCallRequested> OpenRequests { get; init; } = ImmutableDictionary<string, ToolCallRequested>.Empty;

    /// <summary>The questions nobody has answered.</summary>
    public ImmutableDictionary<Guid, QuestionsAsked> OpenQuestions { get; init; } = ImmutableDictionary<Guid, QuestionsAsked>.Empty;

    /// <summary>The approvals nobody has given or refused.</summary>
    public ImmutableDictionary<Guid, ApprovalRequested> OpenApprovals { get; init; } = ImmutableDictionary<Guid, ApprovalRequested>.Empty;

    /// <summary>The tool calls that needed an approval, and the hash of what was allowed; null while it is not.</summary>
    public ImmutableDictionary<string, string?> ApprovedCalls { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The compaction at work; null for none.</summary>
    public Guid? OpenCompaction { get; init; }

    /// <summary>What part of its work it is in.</summary>
    public RunPhase Phase { get; init; } = Started.Phase;

    /// <summary>The sub-agents at work, by the tool call that started each.</summary>
    public ImmutableDictionary<string, SubAgentStarted> OpenSubAgents { get; init; } = ImmutableDictionary<string, SubAgentStarted>.Empty;

    /// <summary>The step at work; null between steps.</summary>
    public Guid? OpenStep { get; init; }

    /// <summary>How many steps were started.</summary>
    public int Steps { get; init; }

    /// <summary>How many tool calls were started.</summary>
    public int ToolCalls { get; init; }

    /// <summary>The latest plan's revision; 0 before the first.</summary>
    public int PlanRevision { get; init; }

    /// <summary>The sum over the steps that have ended.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.None;

    /// <summary>The latest step's usage: how full the model's window is.</summary>
    public TokenUsage LastUsage { get; init; } = TokenUsage.None;

    /// <summary>The sum over the sub-agents that have ended.</summary>
    public TokenUsage SubAgentUsage { get; init; } = TokenUsage.None;

    /// <summary>The files its tools wrote.</summary>
    public ImmutableHashSet<string> ChangedFiles { get; init; } = [];

    /// <summary>The calls that were ever requested; an id is used once.</summary>
    public ImmutableHashSet<string> CallIds { get; init; } = [];

    internal RunState Apply(ConversationEvent next) => next switch
    {
        StopRequested => this with { IsStopping = true },
        StepStarted step => StartStep(step),
        StepEnded step => EndStep(step),
        TextStarted text => OpenItem(text.ItemId, isReasoning: false),
        ReasoningStarted text => OpenItem(text.ItemId, isReasoning: true),
        TextCompleted text => CloseText(text.ItemId, isReasoning: false),
        ReasoningCompleted text => CloseText(text.ItemId, isReasoning: true),
        AnswerWithdrawn withdrawn => Withdraw(withdrawn),
        ToolCallRequested call => RequestTool(call),
        ToolCallStarted call => StartTool(call),
        FileCheckpointed checkpoint => Checkpoint(checkpoint),
        ToolCallEnded call => EndTool(call),
        QuestionsAsked asked => Ask(asked),
        QuestionsAnswered answered => CloseQuestions(answered.RequestId),
        QuestionsExpired expired => CloseQuestions(expired.RequestId),
        ApprovalRequested requested => RequestApproval(requested),
        ApprovalResolved resolved => ResolveApproval(resolved),
        CompactionStarted started => StartCompaction(started),
        CompactionCompleted completed => CompleteCompaction(completed),
        CompactionFailed failed => CloseCompaction(failed.CompactionId) with { Usage = Usage + (failed.Usage ?? TokenUsage.None) },
        PhaseChanged changed => ChangePhase(changed),
        PlanUpdated plan => UpdatePlan(plan),
        SubAgentStarted child => this with { OpenSubAgents = OpenSubAgents.Add(child.CallId, child) },
        SubAgentEnded child => EndSubAgent(child),
        WarningRaised or ModelCallRetried or RunStalled => this,
        _ => throw new IllegalEventException($"Refused: {next.GetType().Name} is not an event of a run."),
    };

    internal void RequireEndable()
    {
        Require(OpenTexts.IsEmpty, "a run cannot end with an open text");
        Require(OpenToolCalls.IsEmpty, "a run cannot end with an open tool call");
        Require(OpenQuestions.IsEmpty, "a run cannot end with an open question");
        Require(OpenApprovals.IsEmpty, "a run cannot end with an open approval");
        Require(OpenSubAgents.IsEmpty, "a run cannot end with a sub-agent at work");
        Require(OpenCompaction is null, "a run cannot end while it compacts");
    }

    private RunState StartStep(StepStarted step)
    {
        Require(OpenStep is null, "the step before has not ended");
        Require(step.Number == Steps + 1, $"the next step is number {Steps + 1}, not {step.Number}");
        return this with { OpenStep = step.StepId, Steps = step.Number };
    }

    private RunState EndStep(StepEnded step)
    {
        Require(OpenStep == step.StepId, "the step is not the open one");
        return this with { OpenStep = null, Usage = Usage + step.Usage, LastUsage = step.Usage };
    }

    private RunState OpenItem(Guid itemId, bool isReasoning)
    {
        Require(!OpenTexts.ContainsKey(itemId), "the text is open already");
        return this with { OpenTexts = OpenTexts.Add(itemId, isReasoning) };
    }

    private RunState CloseText(Guid itemId, bool isReasoning)
    {
        Require(OpenTexts.TryGetValue(itemId, out var reasoning) && reasoning == isReasoning, "the text is not open");
        return this with { OpenTexts = OpenTexts.Remove(itemId) };
    }

    private RunState Withdraw(AnswerWithdrawn withdrawn)
    {
        Require(!withdrawn.ItemIds.Any(OpenTexts.ContainsKey), "a text is closed before it is withdrawn");
        return this;
    }

    private RunState RequestTool(ToolCallRequested call)
    {
        Require(!CallIds.Contains(call.CallId), $"the run has a tool call '{call.CallId}' already");
        return this with
        {
            CallIds = CallIds.Add(call.CallId),
            OpenToolCalls = OpenToolCalls.Add(call.CallId, false),
            OpenRequests = OpenRequests.Add(call.CallId, call),
        };
    }

    private RunState StartTool(ToolCallStarted call)
    {
        Require(OpenToolCalls.TryGetValue(call.CallId, out var started) && !started, "the tool call does not wait for its start");
        Require(!IsStopping, "no tool starts after a stop was asked for");
        Require(
            !ApprovedCalls.TryGetValue(call.CallId, out var approved) || (approved is not null && approved == call.Hash),
            "a tool call that needs an approval starts only as it was approved");
        return this with { OpenToolCalls = OpenToolCalls.SetItem(call.CallId, true), ToolCalls = ToolCalls + 1 };
    }

    private RunState Checkpoint(FileCheckpointed checkpoint)
    {
        Require(OpenToolCalls.TryGetValue(checkpoint.CallId, out var started) && started, "only a tool call at work changes a file");
        return this;
    }

    private RunState EndTool(ToolCallEnded call)
    {
        Require(OpenToolCalls.TryGetValue(call.CallId, out var started), "the tool call is not open");
        Require(started || call.Status is ToolCallStatus.NotStarted or ToolCallStatus.Failed, "a tool call that never started cannot have run");
        var changed = call.ChangedFile is null ? ChangedFiles : ChangedFiles.Add(call.ChangedFile);
        return this with
        {
            OpenToolCalls = OpenToolCalls.Remove(call.CallId),
            OpenRequests = OpenRequests.Remove(call.CallId),
            ChangedFiles = changed,
        };
    }

    private RunState Ask(QuestionsAsked asked)
    {
        Require(!OpenQuestions.ContainsKey(asked.RequestId), "the questions were asked already");
        return this with { OpenQuestions = OpenQuestions.Add(asked.RequestId, asked) };
    }

    private RunState CloseQuestions(Guid requestId)
    {
        Require(OpenQuestions.ContainsKey(requestId), "the questions are not open");
        return this with { OpenQuestions = OpenQuestions.Remove(requestId) };
    }

    private RunState RequestApproval(ApprovalRequested requested)
    {
        Require(!OpenApprovals.ContainsKey(requested.ApprovalId), "the approval was requested already");
        var opened = this with { OpenApprovals = OpenApprovals.Add(requested.ApprovalId, requested) };
        if (requested.Subject is not ApprovalSubject.ToolCall || requested.ChildConversationId is not null)
        {
            return opened;
        }

        Require(OpenToolCalls.TryGetValue(requested.CallId, out var started) && !started, "the tool call does not wait for its start");
        Require(!ApprovedCalls.ContainsKey(requested.CallId), "a tool call is approved once");
        return opened with { ApprovedCalls = ApprovedCalls.Add(requested.CallId, null) };
    }

    private RunState ResolveApproval(ApprovalResolved resolved)
    {
        Require(OpenApprovals.TryGetValue(resolved.ApprovalId, out var requested), "the approval is not open");
        var closed = this with { OpenApprovals = OpenApprovals.Remove(resolved.ApprovalId) };
        var allows = resolved.Outcome is ApprovalOutcome.AllowedOnce or ApprovalOutcome.AllowedForConversation or ApprovalOutcome.AllowedForProject;
        return allows && ApprovedCalls.ContainsKey(requested!.CallId) && requested.ChildConversationId is null
            ? closed with { ApprovedCalls = ApprovedCalls.SetItem(requested.CallId, requested.Hash) }
            : closed;
    }

    private RunState StartCompaction(CompactionStarted started)
    {
        Require(OpenCompaction is null, "one compaction is at work at a time");
        return this with { OpenCompaction = started.CompactionId };
    }

    private RunState CompleteCompaction(CompactionCompleted completed)
    {
        Require(completed.TokensAfter < completed.TokensBefore, "a compaction that saves nothing has failed");
        return CloseCompaction(completed.CompactionId) with { Usage = Usage + completed.Usage };
    }

    private RunState CloseCompaction(Guid compactionId)
    {
        Require(OpenCompaction == compactionId, "the compaction is not at work");
        return this with { OpenCompaction = null };
    }

    private RunState ChangePhase(PhaseChanged changed)
    {
        Require(Phase is not RunPhase.Direct && changed.Phase > Phase, $"a run does not go from {Phase} to {changed.Phase}");
        return this with { Phase = changed.Phase };
    }

    private RunState UpdatePlan(PlanUpdated plan)
    {
        Require(plan.Revision == PlanRevision + 1, $"the next plan is revision {PlanRevision + 1}, not {plan.Revision}");
        Require(plan.Entries.Count(entry => entry.Status is PlanEntryStatus.InProgress) <= 1, "one entry of a plan is in progress at a time");
        return this with { PlanRevision = plan.Revision };
    }

    private RunState EndSubAgent(SubAgentEnded child)
    {
        Require(OpenSubAgents.ContainsKey(child.CallId), "the sub-agent is not at work");
        return this with { OpenSubAgents = OpenSubAgents.Remove(child.CallId), SubAgentUsage = SubAgentUsage + child.Usage };
    }
}
