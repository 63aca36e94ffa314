using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Tests.Runs;

/// <summary>What must hold in every log, told without the product's own law: I1, I9, I10, I11, I12, I13, I17 and I23 of the design.</summary>
internal static class RunInvariants
{
    /// <summary>Checks a whole log.</summary>
    /// <param name="mayBeOpen">Whether the last run may have no end, because it waits for a person.</param>
    public static void Check(IReadOnlyList<EventEnvelope> log, bool mayBeOpen = false)
    {
        Assert.Equal(Enumerable.Range(1, log.Count).Select(number => (long)number), log.Select(envelope => envelope.Sequence));
        Assert.True(
            log.Take(log.Count - 1).All(envelope => envelope.Event is not ConversationDeleted), "Something follows the tombstone (I23).");
        CheckRuns(log, mayBeOpen);
        CheckPrompts(log);
        foreach (var run in log.Where(envelope => envelope.RunId is not null).GroupBy(envelope => envelope.RunId!.Value))
        {
            var events = run.Select(envelope => envelope.Event).ToList();
            CheckTools(events);
            CheckRequests(events);
        }
    }

    private static void CheckRuns(IReadOnlyList<EventEnvelope> log, bool mayBeOpen)
    {
        Guid? active = null;
        var ended = new HashSet<Guid>();
        foreach (var envelope in log)
        {
            if (envelope.RunId is { } runId)
            {
                Assert.False(ended.Contains(runId), $"{envelope} follows the end of its run (I10).");
            }

            switch (envelope.Event)
            {
                case RunStarted started:
                    Assert.True(active is null, $"{envelope} starts while another run has no end (I9).");
                    active = started.RunId;
                    break;
                case RunEnded:
                    Assert.True(active == envelope.RunId, $"{envelope} ends a run that is not the active one (I10, I16).");
                    ended.Add(active!.Value);
                    active = null;
                    break;
                default:
                    Assert.True(envelope.RunId is null || envelope.RunId == active, $"{envelope} belongs to a run that is not active (I16).");
                    break;
            }
        }

        Assert.True(mayBeOpen || active is null, $"The run {active} has no end (I10).");
    }

    private static void CheckPrompts(IReadOnlyList<EventEnvelope> log)
    {
        var events = log.Select(envelope => envelope.Event).ToList();
        AssertOnce(events.OfType<PromptAdmitted>().Select(prompt => prompt.PromptId), "admitted (I17)");
        AssertOnce(events.OfType<PromptDelivered>().Select(prompt => prompt.PromptId), "delivered (I17)");
        AssertOnce(events.OfType<RunStarted>().Select(run => run.PromptId), "the reason of a run (I17)");
    }

    // I11 and the visible half of I12: requested, started, ended; each once, in this order, before the end of the run.
    private static void CheckTools(List<ConversationEvent> events)
    {
        var ends = events.OfType<RunEnded>().Any();
        var requested = events.OfType<ToolCallRequested>().Select(call => call.CallId).ToList();
        AssertOnce(requested, "requested");
        AssertOnce(events.OfType<ToolCallStarted>().Select(call => call.CallId), "started (I12)");
        AssertOnce(events.OfType<ToolCallEnded>().Select(call => call.CallId), "ended (I11)");
        foreach (var callId in requested)
        {
            var start = events.FindIndex(each => each is ToolCallStarted call && call.CallId == callId);
            var end = events.FindIndex(each => each is ToolCallEnded call && call.CallId == callId);
            Assert.True(end >= 0 || !ends, $"The call {callId} has no end, and its run has one (I11).");
            Assert.True(end < 0 || start < end, $"The call {callId} starts after its end (I11).");
            var ran = end >= 0 && ((ToolCallEnded)events[end]).Status
                is ToolCallStatus.Completed or ToolCallStatus.Cancelled or ToolCallStatus.Unknown;
            Assert.True(!ran || start >= 0, $"The call {callId} ran and was never started (I12).");
        }
    }

    // I13: whoever was asked something was answered, or told that it is too late, exactly once.
    private static void CheckRequests(List<ConversationEvent> events)
    {
        var ends = events.OfType<RunEnded>().Any();
        var asked = events.OfType<QuestionsAsked>().Select(each => each.RequestId)
            .Concat(events.OfType<ApprovalRequested>().Select(each => each.ApprovalId)).ToList();
        var resolved = events.Select(each => each switch
        {
            QuestionsAnswered answered => answered.RequestId,
            QuestionsExpired expired => expired.RequestId,
            ApprovalResolved approval => approval.ApprovalId,
            _ => (Guid?)null,
        }).OfType<Guid>().ToList();
        AssertOnce(asked, "asked (I13)");
        AssertOnce(resolved, "resolved (I13)");
        Assert.Empty(resolved.Except(asked));
        Assert.True(!ends || asked.Count == resolved.Count, "A request was left open by its run (I13).");
    }

    private static void AssertOnce<T>(IEnumerable<T> ids, string what)
    {
        var twice = ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        Assert.True(twice.Count == 0, $"{string.Join(", ", twice)} was {what} more than once.");
    }
}
