using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Runs;

/// <summary>Ends, or goes on with, runs that nobody in this process works on.</summary>
internal sealed class RunRecovery(RunServices services, ConversationStreams streams)
{
    /// <summary>Leaves a run that only waits for a person; ends any other as interrupted. Doing it twice changes nothing.</summary>
    public async Task ReconcileAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        if (!await OnlyWaitsAsync(conversationId, cancellationToken).ConfigureAwait(false))
        {
            await CloseAsync(conversationId, runId: null, RunOutcome.Interrupted, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the conversation's run does nothing but wait for a person.</summary>
    public async Task<bool> OnlyWaitsAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        var stream = await streams.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        return RunRules.OnlyWaits(stream.State);
    }

    /// <summary>Ends a run nobody works on. Text that was kept becomes a partial text.</summary>
    /// <param name="runId">The run; null for whichever is active.</param>
    public async Task CloseAsync(Guid conversationId, Guid? runId, RunOutcome outcome, CancellationToken cancellationToken)
    {
        var stream = await streams.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var error = outcome is RunOutcome.Failed
            ? new RunError("internal_error", "The run could not be started. The server's log has the details.")
            : null;
        await services.Writer.AppendAsync(
            conversationId,
            state => state.Run is { } run && (runId is null || run.RunId == runId)
                ? [.. RunClosing.Close(run, stream.TextOf, outcome, error, services.Clock.GetUtcNow())]
                : [],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The events of an answer to a run that waited over a restart: the answer is also the end of the call that asked.</summary>
    public static IReadOnlyList<NewEvent> Answer(RunState run, QuestionsAsked asked, IReadOnlyList<Answer> answers)
    {
        var output = QuestionJson.WriteAnswers(asked.Questions, answers);
        var events = new List<NewEvent>
        {
            new(new QuestionsAnswered(asked.RequestId, answers), run.RunId),
            new(new ToolCallEnded(asked.CallId, ToolCallStatus.Completed, output, DurationMs: 0), run.RunId),
        };
        if (run.OpenToolCalls.Count == 1 && run.OpenStep is { } stepId)
        {
            events.Add(new NewEvent(new StepEnded(stepId, "tool_use", TokenUsage.None), run.RunId));
        }

        return events;
    }

    /// <summary>A run that has all its answers and can go on; null when it still waits.</summary>
    public async Task<RunTicket?> FindReadyAsync(Guid conversationId, Guid runId, CancellationToken cancellationToken)
    {
        var stream = await streams.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        return stream.State.Run is { } run && run.RunId == runId && RunRules.CanGoOn(run)
            ? await TicketOfAsync(conversationId, run.Started, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>The conversations of the sub-agents at work for a run; none when it has ended.</summary>
    public async Task<IReadOnlySet<Guid>> SubAgentsOfAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        var stream = await streams.GetAsync(ticket.ConversationId, cancellationToken).ConfigureAwait(false);
        return stream.State.Run is { } run && run.RunId == ticket.RunId
            ? run.OpenSubAgents.Values.Select(child => child.ChildConversationId).ToHashSet()
            : new HashSet<Guid>();
    }

    /// <summary>What a started run needs to know of itself.</summary>
    public async Task<RunTicket> TicketOfAsync(Guid conversationId, RunStarted started, CancellationToken cancellationToken)
    {
        var stream = await streams.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        return new RunTicket(conversationId, started.RunId, stream.State.Created!.ProjectId, started.Engine, started.Profile, Depth: 0);
    }

    /// <summary>The last text of a conversation and the tokens of its runs: what a sub-agent's parent is told.</summary>
    public async Task<(string Summary, TokenUsage Usage)> SummaryOfAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        var events = await services.ReadAllAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var summary = events.Select(envelope => envelope.Event).OfType<TextCompleted>().LastOrDefault()?.Text ?? "It said nothing.";
        var usage = events.Select(envelope => envelope.Event).OfType<RunEnded>()
            .Aggregate(TokenUsage.None, (sum, ended) => sum + ended.Usage + (ended.SubAgentUsage ?? TokenUsage.None));
        return (summary, usage);
    }
}
