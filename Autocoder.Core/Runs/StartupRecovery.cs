using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Autocoder.Core.Tools;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Runs;

/// <summary>Brings every run the last process left without an end to rest, before anything is accepted. Doing it twice changes nothing.</summary>
/// <remarks>No tool is run again, whatever its effect. What is known is written down as known, and everything else as unknown.</remarks>
internal sealed partial class StartupRecovery(
    RunServices services, RunRecovery recovery, IConversationStore store, ConversationStreams streams, ILogger logger)
{
    // A sub-agent has one parent, and the depth of sub-agents is limited; more than this is a damaged log.
    private const int MaxDepth = 16;

    /// <summary>Leaves runs that only wait for a person; ends all others as interrupted, sub-agents before those who started them.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var unfinished = new List<(Guid ConversationId, int Depth)>();
        foreach (var conversationId in await store.ListUnfinishedAsync(cancellationToken).ConfigureAwait(false))
        {
            await TryAsync(
                conversationId,
                async () => unfinished.Add((conversationId, await DepthOfAsync(conversationId, cancellationToken).ConfigureAwait(false))))
                .ConfigureAwait(false);
        }

        foreach (var (conversationId, _) in unfinished.OrderByDescending(each => each.Depth))
        {
            await TryAsync(conversationId, () => ReconcileAsync(conversationId, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task ReconcileAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        var stream = await streams.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var known = await FindKnownAsync(conversationId, stream.State.Run, cancellationToken).ConfigureAwait(false);
        await services.Writer.AppendAsync(
            conversationId,
            state =>
            {
                if (state.Run is not { } run)
                {
                    return [];
                }

                var settled = known.Aggregate(run, (current, next) => current.Apply(next));
                return
                [
                    .. known.Select(each => new NewEvent(each, run.RunId)),
                    .. RunRules.OnlyWaits(state with { Run = settled })
                        ? []
                        : RunClosing.Close(settled, stream.TextOf, RunOutcome.Interrupted, error: null, services.Clock.GetUtcNow()),
                ];
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends of what is open that the log knows already: answers that were given, sub-agents that have ended, and what those asked.</summary>
    private async Task<IReadOnlyList<ConversationEvent>> FindKnownAsync(Guid conversationId, RunState? run, CancellationToken cancellationToken)
    {
        if (run is null || (run.OpenToolCalls.IsEmpty && run.OpenSubAgents.IsEmpty && run.OpenApprovals.IsEmpty))
        {
            return [];
        }

        var known = new List<ConversationEvent>();
        foreach (var child in run.OpenSubAgents.Values.OrderBy(child => child.CallId, StringComparer.Ordinal))
        {
            var ended = await EndOfAsync(child, cancellationToken).ConfigureAwait(false);
            known.Add(ended);
            if (ended.Outcome is RunOutcome.Completed && run.OpenToolCalls.ContainsKey(child.CallId))
            {
                known.Add(new ToolCallEnded(child.CallId, ToolCallStatus.Completed, ended.Summary, DurationMs: 0));
            }
        }

        var log = await services.ReadAllAsync(conversationId, cancellationToken).ConfigureAwait(false);
        known.AddRange(await EndsOfMirrorsAsync(run).ConfigureAwait(false));
        known.AddRange(EndsOfAnswered(run, [.. log.Where(envelope => envelope.RunId == run.RunId).Select(envelope => envelope.Event)]));
        return known;
    }

    // No sub-agent works any more, so nobody waits for what one of them asked: it must not look as if the run did.
    private async Task<IReadOnlyList<ApprovalResolved>> EndsOfMirrorsAsync(RunState run)
    {
        var ends = new List<ApprovalResolved>();
        foreach (var mirror in run.OpenApprovals.Values.OrderBy(mirror => mirror.ApprovalId))
        {
            if (mirror.ChildConversationId is { } child)
            {
                ends.Add(await services.Mirrors.OutcomeOfAsync(child, mirror.ApprovalId).ConfigureAwait(false));
            }
        }

        return ends;
    }

    private async Task<SubAgentEnded> EndOfAsync(SubAgentStarted child, CancellationToken cancellationToken)
    {
        var log = await services.ReadAllAsync(child.ChildConversationId, cancellationToken).ConfigureAwait(false);
        if (log.Select(envelope => envelope.Event).OfType<RunEnded>().LastOrDefault() is not { } ended)
        {
            return new SubAgentEnded(
                child.ChildConversationId, child.CallId, RunOutcome.Interrupted, "It had not begun when Autocoder was restarted.", TokenUsage.None);
        }

        var (summary, usage) = await recovery.SummaryOfAsync(child.ChildConversationId, cancellationToken).ConfigureAwait(false);
        return new SubAgentEnded(child.ChildConversationId, child.CallId, ended.Outcome, summary, usage);
    }

    // An answer is kept the moment it is accepted; the call that asked learns it a moment later, or here.
    private static IEnumerable<ToolCallEnded> EndsOfAnswered(RunState run, IReadOnlyList<ConversationEvent> events) =>
        from asked in events.OfType<QuestionsAsked>()
        where run.OpenToolCalls.ContainsKey(asked.CallId)
        let answered = events.OfType<QuestionsAnswered>().FirstOrDefault(answer => answer.RequestId == asked.RequestId)
        where answered is not null
        select new ToolCallEnded(
            asked.CallId, ToolCallStatus.Completed, QuestionJson.WriteAnswers(asked.Questions, answered.Answers), DurationMs: 0);

    private async Task<int> DepthOfAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        var depth = 0;
        for (Guid? each = conversationId; each is { } id && depth < MaxDepth; depth++)
        {
            each = (await streams.GetAsync(id, cancellationToken).ConfigureAwait(false)).State.Created!.ParentId;
        }

        return depth;
    }

    // One conversation that cannot be read must not lock a person out of all the others. A disk that fails is another matter.
    private async Task TryAsync(Guid conversationId, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is JsonException or IllegalEventException or ConversationNotFoundException)
        {
            LogCannotRecover(exception, conversationId);
        }
    }

    [LoggerMessage(LogLevel.Error, "Conversation {ConversationId} cannot be read, so its run was left as it is. Everything else was recovered.")]
    private partial void LogCannotRecover(Exception exception, Guid conversationId);
}
