using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;

namespace Autocoder.Core.Runs;

/// <summary>How long a run has worked. Pure.</summary>
internal static class RunTime
{
    /// <summary>The time since the run began, without what it spent waiting for the person: over a restart, too.</summary>
    /// <param name="run">The run's events, in order.</param>
    public static TimeSpan Worked(IEnumerable<EventEnvelope> run, DateTimeOffset now)
    {
        var waited = TimeSpan.Zero;
        var open = new HashSet<Guid>();
        DateTimeOffset? began = null;
        DateTimeOffset? waitsSince = null;
        foreach (var envelope in run)
        {
            began ??= envelope.At;
            var wasWaiting = open.Count > 0;
            _ = envelope.Event switch
            {
                QuestionsAsked asked => open.Add(asked.RequestId),
                ApprovalRequested asked => open.Add(asked.ApprovalId),
                QuestionsAnswered answered => open.Remove(answered.RequestId),
                QuestionsExpired expired => open.Remove(expired.RequestId),
                ApprovalResolved resolved => open.Remove(resolved.ApprovalId),
                _ => false,
            };
            if (!wasWaiting && open.Count > 0)
            {
                waitsSince = envelope.At;
            }
            else if (wasWaiting && open.Count == 0)
            {
                waited += envelope.At - waitsSince!.Value;
                waitsSince = null;
            }
        }

        var end = waitsSince is { } since ? since : now;
        return began is { } start ? end - start - waited : TimeSpan.Zero;
    }
}
